package io.github.posteriori.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The quantile of split conformal prediction. Of n held-out scores and that of a new example, all
 * exchangeable, the new one is at most the k-th smallest with a probability of at least {@code k /
 * (n + 1)}; so k is the least integer of at least {@code (n + 1) coverage}. Where no two scores are
 * equal the probability is {@code k / (n + 1)} exactly.
 *
 * <p>Source: Vovk, Gammerman, Shafer 2005, "Algorithmic learning in a random world"; Lei et al.
 * 2018, "Distribution-free predictive inference for regression".
 */
final class ConformalQuantile {
  private ConformalQuantile() {}

  /**
   * Returns the k-th smallest of some scores.
   *
   * @throws IllegalArgumentException when the coverage is no share, or there are too few scores
   */
  static double of(double[] scores, double coverage) {
    long enough = enough(coverage);
    if (scores.length < enough) {
      throw new IllegalArgumentException(
          "coverage is "
              + coverage
              + ", which "
              + scores.length
              + " scores cannot promise, expected at least "
              + enough
              + ": hold out more examples, or ask for less");
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted[rank(scores.length, coverage) - 1];
  }

  /**
   * Returns the fewest scores that can promise a coverage: {@code 1 / (1 - coverage) - 1}.
   *
   * @throws IllegalArgumentException when the coverage is no share
   */
  static long enough(double coverage) {
    if (!(coverage > 0 && coverage < 1)) {
      throw new IllegalArgumentException(
          "coverage is " + coverage + ", expected above 0 and below 1, such as 0.95");
    }
    BigDecimal exact = BigDecimal.valueOf(coverage);
    return exact.divide(BigDecimal.ONE.subtract(exact), 0, RoundingMode.CEILING).longValueExact();
  }

  /** Returns k. Doubles would round {@code 100 * 0.95} up to above 95 for some coverages. */
  private static int rank(int scores, double coverage) {
    return BigDecimal.valueOf(scores + 1L)
        .multiply(BigDecimal.valueOf(coverage))
        .setScale(0, RoundingMode.CEILING)
        .intValueExact();
  }
}
