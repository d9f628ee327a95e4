package io.github.posteriori.moments;

import java.util.function.DoubleUnaryOperator;

/**
 * Expectations of functions of one Gaussian number, summed over a fine grid in double precision.
 */
record Integral(double mean, double variance) {
  private static final int STEPS = 20_000;
  private static final double FAR = 10;

  /** Integrates f(x), x of this mean and standard deviation. */
  static Integral of(double mean, double deviation, DoubleUnaryOperator f) {
    double first = 0;
    double second = 0;
    double total = 0;
    for (int i = 0; i <= STEPS; i++) {
      double z = FAR * (2.0 * i / STEPS - 1);
      double weight = Math.exp(-z * z / 2);
      double y = f.applyAsDouble(mean + deviation * z);
      first += weight * y;
      second += weight * y * y;
      total += weight;
    }
    double expected = first / total;
    return new Integral(expected, second / total - expected * expected);
  }
}
