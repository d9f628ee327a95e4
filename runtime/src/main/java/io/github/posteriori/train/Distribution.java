package io.github.posteriori.train;

import java.util.Arrays;

/**
 * The distribution of many numbers.
 *
 * @param mean their mean
 * @param std their standard deviation
 * @param percentiles the 0th to the 100th, interpolated linearly: 101 numbers
 */
public record Distribution(double mean, double std, double[] percentiles) {

  /** Computes the distribution of {@code values}, at least one, without changing them. */
  static Distribution of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] percentiles = new double[101];
    for (int i = 0; i <= 100; i++) {
      double position = i / 100.0 * (sorted.length - 1);
      int below = (int) position;
      int above = Math.min(below + 1, sorted.length - 1);
      percentiles[i] = sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
    return new Distribution(mean, Math.sqrt(squares / values.length), percentiles);
  }

  /** Returns the percentile {@code percent}, from 0 to 100. */
  public double percentile(int percent) {
    return percentiles[percent];
  }
}
