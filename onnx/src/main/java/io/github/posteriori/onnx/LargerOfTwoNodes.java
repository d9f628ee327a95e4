package io.github.posteriori.onnx;

import java.util.Optional;

/**
 * The moments of the larger of two independent Gaussian numbers. With theta^2 = v1 + v2, d = (m1 -
 * m2) / theta, a = |d|, Q = 1 - Phi(a) and phi(a) of the standard normal distribution, and g =
 * phi(a) - a Q,
 *
 * <pre>
 *   E max   = max(m1, m2) + theta g
 *   Var max = v2 + (v1 - v2) Phi(d) - theta^2 g (a + g)
 * </pre>
 *
 * <p>Source: Clark 1961, "The greatest of a finite set of random variables", equations 3 and 4.
 */
record LargerOfTwoNodes(GraphDraft graph) {
  /** Deviations from which the smaller number counts for nothing: g is below 1e-10. */
  private static final double FAR = 6;

  /** Keeps d defined where nothing varies. */
  private static final double TINY = 1e-30;

  /** Adds the moments of the larger of x and 0, in the name of a layer. */
  ValueMoments positivePart(String name, Value mean, Value variance) {
    Terms terms = new Terms(graph, name);
    Value zero = terms.number(0);
    return larger(terms, mean, variance, zero, zero);
  }

  /** Adds the moments of the larger of two numbers that vary, in the name of a layer. */
  ValueMoments larger(String name, ValueMoments first, ValueMoments second) {
    return larger(
        new Terms(graph, name),
        first.mean(),
        first.variance().orElseThrow(),
        second.mean(),
        second.variance().orElseThrow());
  }

  private static ValueMoments larger(Terms t, Value m1, Value v1, Value m2, Value v2) {
    Value square = t.of("Add", v1, v2);
    Value theta = t.of("Sqrt", t.of("Add", square, t.number(TINY)));
    Value d = t.of("Div", t.of("Sub", m1, m2), theta);
    Value a = t.of("Min", t.of("Abs", d), t.number(FAR));
    Value half = t.number(0.5);
    Value halfErf =
        t.of("Mul", t.of("Erf", t.of("Mul", a, t.number(Math.sqrt(0.5)))), half); // 1/2 - Q
    Value exponent = t.of("Mul", t.of("Mul", a, a), t.number(-0.5));
    Value density = t.of("Mul", t.of("Exp", exponent), t.number(1 / Math.sqrt(2 * Math.PI)));
    Value tail = t.of("Sub", half, halfErf);
    Value g = t.of("Relu", t.of("Sub", density, t.of("Mul", a, tail)));
    Value mean = t.of("Add", t.of("Max", m1, m2), t.of("Mul", theta, g));
    Value share = t.of("Add", half, t.of("Mul", t.of("Sign", d), halfErf)); // Phi(d)
    Value mixed = t.of("Add", v2, t.of("Mul", t.of("Sub", v1, v2), share));
    Value less = t.of("Mul", square, t.of("Mul", g, t.of("Add", a, g)));
    return new ValueMoments(mean, Optional.of(t.of("Relu", t.of("Sub", mixed, less))));
  }
}
