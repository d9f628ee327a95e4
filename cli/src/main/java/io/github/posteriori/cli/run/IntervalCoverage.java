package io.github.posteriori.cli.run;

import io.github.posteriori.uncertainty.ValueAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How many of the observed numbers lie in the central intervals of the predictive distributions, by
 * the probability that the intervals have.
 *
 * @param levels probabilities of the intervals, from 0 to 1
 * @param shares of the observed numbers within each
 */
public record IntervalCoverage(double[] levels, double[] shares) {
  private static final int LEVELS = 100;

  /**
   * Counts over all numbers of all examples. An observation lies within the central interval of
   * level {@code 2 |F(y) - 1/2|} and all larger ones.
   */
  public static IntervalCoverage of(List<List<ValueAnswer>> answers) {
    double[] least =
        answers.stream()
            .flatMap(List::stream)
            .mapToDouble(a -> 2 * Math.abs(a.predicted().cumulative(a.observed()) - 0.5))
            .sorted()
            .toArray();
    double[] levels =
        IntStream.rangeClosed(0, LEVELS).mapToDouble(i -> (double) i / LEVELS).toArray();
    double[] shares =
        DoubleStream.of(levels).map(level -> (double) upTo(least, level) / least.length).toArray();
    return new IntervalCoverage(levels, shares);
  }

  private static int upTo(double[] sorted, double level) {
    return (int) Arrays.stream(sorted).filter(least -> least <= level).count();
  }
}
