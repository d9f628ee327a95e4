package io.github.posteriori.uncertainty;

/**
 * A mixture of Gaussians of equal weights, one for each posterior sample.
 *
 * @param means mu_s, one for each sample
 * @param deviations sigma_s, each above 0
 */
public record GaussianMixture(double[] means, double[] deviations) implements ValueDistribution {
  /** Every so often the bracket is halved, so that it shrinks where Newton's steps are short. */
  private static final int HALVING = 4;

  private static final double ROOT_2_PI = Math.sqrt(2 * Math.PI);

  @Override
  public double mean() {
    double sum = 0;
    for (double mean : means) {
      sum += mean;
    }
    return sum / means.length;
  }

  @Override
  public double epistemicVariance() {
    double mean = mean();
    double sum = 0;
    for (double own : means) {
      sum += (own - mean) * (own - mean);
    }
    return sum / means.length;
  }

  @Override
  public double aleatoricVariance() {
    double sum = 0;
    for (double deviation : deviations) {
      sum += deviation * deviation;
    }
    return sum / means.length;
  }

  @Override
  public double cumulative(double value) {
    double sum = 0;
    for (int s = 0; s < means.length; s++) {
      sum += StandardNormal.cdf((value - means[s]) / deviations[s]);
    }
    return sum / means.length;
  }

  private double density(double value) {
    double sum = 0;
    for (int s = 0; s < means.length; s++) {
      double z = (value - means[s]) / deviations[s];
      sum += StandardNormal.pdf(z) / deviations[s];
    }
    return sum / means.length;
  }

  /** Finds the root of {@code F(y) - share} by Newton's method within a bracket that it narrows. */
  @Override
  public double quantile(double share) {
    ValueDistribution.requireShare(share);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double z = StandardNormal.quantile(share);
    for (int s = 0; s < means.length; s++) {
      low = Math.min(low, means[s] + z * deviations[s]);
      high = Math.max(high, means[s] + z * deviations[s]);
    }
    double value = low + (high - low) / 2;
    for (int i = 1; low < value && value < high; i++) {
      double excess = cumulative(value) - share;
      if (excess < 0) {
        low = value;
      } else {
        high = value;
      }
      double next = value - excess / density(value);
      boolean halves = i % HALVING == 0 || !(low < next && next < high);
      double step = halves ? low + (high - low) / 2 - value : next - value;
      if (Math.abs(step) <= Math.ulp(value)) {
        return value;
      }
      value += step;
    }
    return value;
  }

  @Override
  public double logLikelihood(double observed) {
    double[] logs = new double[means.length];
    for (int s = 0; s < logs.length; s++) {
      double z = (observed - means[s]) / deviations[s];
      logs[s] = -z * z / 2 - Math.log(deviations[s] * ROOT_2_PI);
    }
    return ValueDistribution.logMeanExp(logs);
  }

  /**
   * Computes {@code mean_s A(y - mu_s, sigma_s^2) - 1/2 mean_st A(mu_s - mu_t, sigma_s^2 +
   * sigma_t^2)} with {@code A(m, v) = 2 sqrt(v) phi(m / sqrt(v)) + m (2 Phi(m / sqrt(v)) - 1)}.
   * Source: Grimit et al. 2006, "The continuous ranked probability score for circular variables and
   * its application to mesoscale forecast ensemble verification".
   */
  @Override
  public double crps(double observed) {
    int samples = means.length;
    double toObserved = 0;
    double toEachOther = 0;
    for (int s = 0; s < samples; s++) {
      toObserved += meanDistance(observed - means[s], deviations[s]);
      toEachOther += meanDistance(0, Math.sqrt(2) * deviations[s]);
      for (int t = 0; t < s; t++) {
        toEachOther +=
            2 * meanDistance(means[s] - means[t], Math.hypot(deviations[s], deviations[t]));
      }
    }
    return toObserved / samples - toEachOther / (2.0 * samples * samples);
  }

  /** Returns the mean of {@code |x|} for x of a Gaussian. */
  private static double meanDistance(double mean, double deviation) {
    double z = mean / deviation;
    return deviation * (2 * StandardNormal.pdf(z) + z * (2 * StandardNormal.cdf(z) - 1));
  }
}
