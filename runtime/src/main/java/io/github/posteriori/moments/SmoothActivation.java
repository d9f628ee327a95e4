package io.github.posteriori.moments;

import java.util.function.DoubleUnaryOperator;

/**
 * A smooth function f of Gaussian numbers, by {@link GaussHermite} quadrature: E f and E f^2 - (E
 * f)^2. Its values come from a table, between whose entries it is taken to be a line, which is off
 * by less than 2e-6 where |f''| is at most 1.
 */
final class SmoothActivation implements MomentMap {
  /** {@code ln(1 + exp(x))}, without overflow. */
  static final SmoothActivation SOFTPLUS =
      new SmoothActivation(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));

  /** x Phi(x). */
  static final SmoothActivation GELU =
      new SmoothActivation(x -> x * StandardNormal.cdf(Math.max(-37, Math.min(x, 37))));

  /** {@code x / (1 + exp(-x))}. */
  static final SmoothActivation SILU = new SmoothActivation(x -> x / (1 + Math.exp(-x)));

  /** {@code 1 / (1 + exp(-x))}. */
  static final SmoothActivation SIGMOID = new SmoothActivation(x -> 1 / (1 + Math.exp(-x)));

  /** The hyperbolic tangent. */
  static final SmoothActivation TANH = new SmoothActivation(Math::tanh);

  /** Rules for numbers of little, of more and of any variance: f is then nearly a polynomial. */
  private static final GaussHermite[] RULES = {
    GaussHermite.of(4), GaussHermite.of(8), GaussHermite.of(32)
  };

  private static final float[] MOST_VARIANCE = {1f / 16, 1};

  private static final int LIMIT = 20;
  private static final int PER_UNIT = 256;

  private final DoubleUnaryOperator function;
  private final float[] table = new float[2 * LIMIT * PER_UNIT + 1];

  SmoothActivation(DoubleUnaryOperator function) {
    this.function = function;
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) function.applyAsDouble((double) i / PER_UNIT - LIMIT);
    }
  }

  private double value(double x) {
    if (!(Math.abs(x) < LIMIT)) {
      return function.applyAsDouble(x);
    }
    double place = (x + LIMIT) * PER_UNIT;
    int i = (int) place;
    return table[i] + (place - i) * (table[i + 1] - table[i]);
  }

  private static GaussHermite rule(float variance) {
    int i = 0;
    while (i < MOST_VARIANCE.length && !(variance <= MOST_VARIANCE[i])) {
      i++;
    }
    return RULES[i];
  }

  @Override
  public Moments forward(Moments x) {
    float[] means = new float[x.means().length];
    float[] variances = new float[x.variances().length];
    for (int i = 0; i < means.length; i++) {
      if (x.isExact()) {
        means[i] = (float) function.applyAsDouble(x.means()[i]);
        continue;
      }
      double s = Math.sqrt(x.variances()[i]);
      GaussHermite rule = rule(x.variances()[i]);
      double first = 0;
      double second = 0;
      for (int n = 0; n < rule.nodes().length; n++) {
        double f = value(x.means()[i] + s * rule.nodes()[n]);
        first += rule.weights()[n] * f;
        second += rule.weights()[n] * f * f;
      }
      means[i] = (float) first;
      variances[i] = (float) Math.max(second - first * first, 0);
    }
    return new Moments(x.count(), means, variances);
  }
}
