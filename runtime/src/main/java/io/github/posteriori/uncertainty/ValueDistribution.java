package io.github.posteriori.uncertainty;

import java.util.Arrays;

/**
 * The predictive distribution of a number: the mean, over posterior samples, of the distributions
 * that each of them predicts.
 *
 * <p>By the law of total variance, {@code Var y = Var E[y|w] + E Var[y|w]}: the epistemic part, of
 * the samples' means, and the aleatoric part, of the noise that each sample expects.
 */
public interface ValueDistribution {

  /** The mean. */
  double mean();

  /** The variance of the samples' means, which more data would remove. */
  double epistemicVariance();

  /** The mean of the samples' variances, inherent in the data. */
  double aleatoricVariance();

  /** Returns the standard deviation, of both parts together. */
  default double std() {
    return Math.sqrt(epistemicVariance() + aleatoricVariance());
  }

  /** Returns the probability of at most {@code value}. */
  double cumulative(double value);

  /**
   * Returns the lowest number that is not exceeded with probability {@code share}.
   *
   * @param share above 0 and below 1
   * @throws IllegalArgumentException when {@code share} is not
   */
  double quantile(double share);

  /** Returns the natural logarithm of the probability of an observation, or of its density. */
  double logLikelihood(double observed);

  /**
   * Returns the continuous ranked probability score of an observation, {@code integral (F(y) - [y
   * >= observed])^2 dy}, in the units of the number: the lower, the better.
   */
  double crps(double observed);

  /** Returns {@code ln (1/S sum_s exp(l_s))} without overflow. */
  static double logMeanExp(double[] logs) {
    double largest = Arrays.stream(logs).max().orElseThrow();
    if (Double.isInfinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - largest);
    }
    return largest + Math.log(sum / logs.length);
  }

  /** Returns {@code share}, checked to be one that a quantile has. */
  static double requireShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "share is " + share + ", expected above 0 and below 1, such as 0.975");
    }
    return share;
  }
}
