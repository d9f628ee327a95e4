package io.github.posteriori.calibration;

import java.util.stream.IntStream;

/**
 * Intervals that hold an observed number with a promised probability, whatever the network, if new
 * examples come from where the held-out ones came from: {@code mean - f std} to {@code mean + f
 * std}, where f is the conformal quantile of the scores {@code |y - mean| / std}.
 *
 * <p>Source: Lei et al. 2018, "Distribution-free predictive inference for regression", its locally
 * weighted intervals.
 *
 * @param factor f, at least 0
 */
public record ConformalInterval(double factor) {

  /** Checks the factor. */
  public ConformalInterval {
    if (!(factor >= 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException(
          "the factor of intervals is "
              + factor
              + ", expected a finite number of at least 0: the network states no spread for its"
              + " errors");
    }
  }

  /**
   * Finds the factor that promises a coverage.
   *
   * @param observed the number of each held-out example
   * @param means of its predictive distribution, in the same units
   * @param deviations standard deviations of the latter
   * @param coverage probability with which intervals are to hold the number
   * @throws IllegalArgumentException when the coverage is no share, or the examples are too few to
   *     promise it: it takes {@code 1 / (1 - coverage) - 1}
   */
  public static ConformalInterval fit(
      double[] observed, double[] means, double[] deviations, double coverage) {
    double[] scores =
        IntStream.range(0, observed.length)
            .mapToDouble(i -> Math.abs(observed[i] - means[i]) / deviations[i])
            .toArray();
    return new ConformalInterval(ConformalQuantile.of(scores, coverage));
  }

  /** Returns the two ends of the interval around a prediction. */
  public double[] around(double mean, double deviation) {
    return new double[] {mean - factor * deviation, mean + factor * deviation};
  }
}
