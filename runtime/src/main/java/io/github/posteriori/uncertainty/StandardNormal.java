package io.github.posteriori.uncertainty;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal distribution, in double precision. */
public final class StandardNormal {
  private static final double ROOT_2 = Math.sqrt(2);
  private static final double ROOT_2_PI = Math.sqrt(2 * Math.PI);

  private StandardNormal() {}

  /**
   * Returns the probability of a number below {@code z}: {@code Phi(z) = erfc(-z / sqrt 2) / 2}.
   */
  public static double cdf(double z) {
    return 0.5 * Erfc.value(-z / ROOT_2);
  }

  /** Returns the density at {@code z}. */
  public static double pdf(double z) {
    return Math.exp(-z * z / 2) / ROOT_2_PI;
  }

  /**
   * Returns the number below which a standard normal one lies with this probability; infinite for 0
   * and 1, NaN outside of them.
   */
  public static double quantile(double probability) {
    return -ROOT_2 * InverseErfc.value(2 * probability);
  }
}
