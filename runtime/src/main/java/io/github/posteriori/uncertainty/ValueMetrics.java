package io.github.posteriori.uncertainty;

import java.util.List;

/**
 * Measures of predicted numbers; of several targets each is averaged over them, except {@code nll}.
 *
 * @param nll mean negative logarithm of the observation's probability, or of its density in the
 *     targets' units, over all targets together, in nats
 * @param rmse root of the mean squared error of the predicted means, in the targets' units
 * @param crps mean continuous ranked probability score, in the targets' units; Gneiting and Raftery
 *     2007, "Strictly proper scoring rules, prediction, and estimation"
 * @param intervals the central intervals of 50, 90 and 95 %
 */
public record ValueMetrics(double nll, double rmse, double crps, List<Interval> intervals) {

  /**
   * A central interval of the predictive distributions.
   *
   * @param level the probability it is to have, such as 0.95
   * @param coverage the share of observations within it, from 0 to 1
   * @param width its mean width, in the targets' units
   */
  public record Interval(double level, double coverage, double width) {}

  /**
   * Returns the central interval of this level.
   *
   * @throws IllegalArgumentException when it was not measured
   */
  public Interval interval(double level) {
    return intervals.stream()
        .filter(interval -> interval.level() == level)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the level is %s, expected one of %s"
                        .formatted(level, intervals.stream().map(Interval::level).toList())));
  }
}
