package io.github.posteriori.uncertainty;

import java.util.Arrays;

/**
 * A mixture of distributions over 0 and 1 of equal weights, one for each posterior sample. It is
 * one such distribution with the mean probability; its parts of the variance are those of Kwon et
 * al. 2018.
 *
 * @param probabilities p_s of 1, each from 0 to 1
 */
public record BernoulliMixture(double[] probabilities) implements ValueDistribution {

  @Override
  public double mean() {
    return Arrays.stream(probabilities).sum() / probabilities.length;
  }

  @Override
  public double epistemicVariance() {
    double mean = mean();
    return Arrays.stream(probabilities).map(p -> (p - mean) * (p - mean)).sum()
        / probabilities.length;
  }

  @Override
  public double aleatoricVariance() {
    return Arrays.stream(probabilities).map(p -> p * (1 - p)).sum() / probabilities.length;
  }

  @Override
  public double cumulative(double value) {
    return value < 0 ? 0 : value < 1 ? 1 - mean() : 1;
  }

  @Override
  public double quantile(double share) {
    return cumulative(0) < ValueDistribution.requireShare(share) ? 1 : 0;
  }

  @Override
  public double logLikelihood(double observed) {
    return Math.log(observed == 1 ? mean() : 1 - mean());
  }

  /** Returns {@code (p - y)^2}, half of Brier's score. */
  @Override
  public double crps(double observed) {
    double difference = mean() - observed;
    return difference * difference;
  }
}
