package io.github.posteriori.moments;

/** The standard normal distribution, in full precision. */
final class StandardNormal {
  /** More than it takes, as a step below the rounding of t changes nothing. */
  private static final int NEWTON_STEPS = 40;

  private StandardNormal() {}

  /**
   * Returns the probability of a number below {@code t}: 1/2 + pdf(t) (t + t^3/3 + t^5/15 + ...).
   * Source: Marsaglia 2004, "Evaluating the normal distribution".
   */
  static double cdf(double t) {
    double sum = t;
    double term = t;
    double before = Double.NaN;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= t * t / i;
      sum += term;
    }
    return 0.5 + sum * pdf(t);
  }

  /** Returns the density at {@code t}. */
  static double pdf(double t) {
    return Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Returns the number that a standard normal one is below with this probability, by Newton's
   * method, which from the median approaches it from one side.
   *
   * @param probability above 0 and below 1, and not within 1e-9 of either
   */
  static double quantile(double probability) {
    double t = 0;
    for (int i = 0; i < NEWTON_STEPS; i++) {
      t += (probability - cdf(t)) / pdf(t);
    }
    return t;
  }
}
