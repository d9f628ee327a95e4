package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.ActivationLoops.LEAST_EXPONENT;
import static io.github.posteriori.engine.vector.kernel.ActivationLoops.LOG2_E;
import static io.github.posteriori.engine.vector.kernel.ActivationLoops.NEAREST;
import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Computes GELU, y = x Phi(x), and its slope Phi(x) + x phi(x), with the distribution function and
 * the density of N(0, 1).
 *
 * <p>Phi(-a) = exp(-a^2 / 2) P(t) for a at least 0, with t = (a - 5/2) / (a + 5/2), which maps all
 * of them to [-1, 1) (Shepherd and Laframboise 1981, "Chebyshev approximation of (1 + 2x) exp(x^2)
 * erfc x"). P is fitted to a relative error of 8e-8 on [0, 14], beyond which exp(-a^2 / 2) is 0.
 */
final class GeluLoops {
  private static final float HALF_WAY = 2.5f;

  private static final float DENSITY_OF_ZERO = 0.3989422804f;

  private GeluLoops() {}

  /** Does what {@link ActivationLoops#run} does. */
  static void run(float[] x, int from, float[] y, float[] slope, int to, int count) {
    float[] e = slope == null ? y : slope;
    powers(x, from, e, to, count);
    bell(x, from, e, to, count);
    distribution(x, from, e, y, to, count);
    if (slope != null) {
      for (int i = 0; i < count; i += LENGTH) {
        FloatVector a = FloatVector.fromArray(FLOATS, x, from + i).mul(DENSITY_OF_ZERO);
        FloatVector.fromArray(FLOATS, e, to + i)
            .fma(a, FloatVector.fromArray(FLOATS, y, to + i))
            .intoArray(slope, to + i);
      }
    }
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      a.mul(FloatVector.fromArray(FLOATS, y, to + i)).intoArray(y, to + i);
    }
  }

  /** Computes e = 2^n, where n is -x^2 / 2 in units of ln 2, rounded. */
  private static void powers(float[] x, int from, float[] e, int to, int count) {
    FloatVector log2e = FloatVector.broadcast(FLOATS, LOG2_E);
    FloatVector nearest = FloatVector.broadcast(FLOATS, NEAREST);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector a = v.mul(v).mul(-0.5f);
      FloatVector power =
          a.max(LEAST_EXPONENT)
              .fma(log2e, nearest)
              .viewAsIntegralLanes()
              .add(127)
              .lanewise(VectorOperators.LSHL, 23)
              .viewAsFloatingLanes();
      power.blend(0f, a.compare(VectorOperators.LT, LEAST_EXPONENT)).intoArray(e, to + i);
    }
  }

  /** Replaces e = 2^n by exp(-x^2 / 2). */
  private static void bell(float[] x, int from, float[] e, int to, int count) {
    FloatVector log2e = FloatVector.broadcast(FLOATS, LOG2_E);
    FloatVector nearest = FloatVector.broadcast(FLOATS, NEAREST);
    FloatVector minusHigh = FloatVector.broadcast(FLOATS, -Ln2.HIGH);
    FloatVector minusLow = FloatVector.broadcast(FLOATS, -Ln2.LOW);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector a = v.mul(v).mul(-0.5f).max(LEAST_EXPONENT);
      FloatVector whole = a.fma(log2e, nearest).sub(nearest);
      FloatVector r = whole.fma(minusLow, whole.fma(minusHigh, a));
      FloatVector p = FloatVector.broadcast(FLOATS, 1.9875691500e-4f);
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1.3981999507e-3f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 8.3334519073e-3f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 4.1665795894e-2f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1.6666665459e-1f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 5.0000001201e-1f));
      p.fma(r.mul(r), r.add(1f)).mul(FloatVector.fromArray(FLOATS, e, to + i)).intoArray(e, to + i);
    }
  }

  /** Computes y = Phi(x) of e = exp(-x^2 / 2). */
  private static void distribution(float[] x, int from, float[] e, float[] y, int to, int count) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector a = v.abs();
      FloatVector t = a.sub(HALF_WAY).div(a.add(HALF_WAY));
      FloatVector p = FloatVector.broadcast(FLOATS, -1.546913836e-4f);
      p = p.fma(t, FloatVector.broadcast(FLOATS, -3.296671047e-4f));
      p = p.fma(t, FloatVector.broadcast(FLOATS, 8.002228024e-4f));
      p = p.fma(t, FloatVector.broadcast(FLOATS, 2.941461846e-3f));
      p = p.fma(t, FloatVector.broadcast(FLOATS, -5.118023441e-3f));
      p = p.fma(t, FloatVector.broadcast(FLOATS, -2.454798683e-2f));
      p = p.fma(t, FloatVector.broadcast(FLOATS, 1.131351625e-1f));
      p = p.fma(t, FloatVector.broadcast(FLOATS, -2.280698082e-1f));
      p = p.fma(t, FloatVector.broadcast(FLOATS, 1.413313423e-1f));
      FloatVector below = p.mul(FloatVector.fromArray(FLOATS, e, to + i));
      VectorMask<Float> negative = v.compare(VectorOperators.LT, 0f);
      one.sub(below).blend(below, negative).intoArray(y, to + i);
    }
  }
}
