package io.github.posteriori.train;

import java.util.Arrays;

/**
 * How many numbers are distributed.
 *
 * @param mean of the numbers
 * @param std their standard deviation
 * @param percentiles the 0th to the 100th, with straight lines between neighbours: 101 numbers
 */
public record Distribution(double mean, double std, double[] percentiles) {

  /** The distribution of {@code values}, at least one; they are left as they are. */
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

  /** The number that {@code percent} of the numbers are at most, from 0 to 100. */
  public double percentile(int percent) {
    return percentiles[percent];
  }
}
