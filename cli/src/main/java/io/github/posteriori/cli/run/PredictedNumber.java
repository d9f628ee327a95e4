package io.github.posteriori.cli.run;

import io.github.posteriori.uncertainty.ValueDistribution;

/**
 * What a network says of one number, in the units of the column that it learned from.
 *
 * @param mean of its predictive distribution
 * @param epistemicStd standard deviation that more data would remove
 * @param aleatoricStd standard deviation of the noise
 * @param low lower end of the central interval of 95 %
 * @param high its upper end
 */
public record PredictedNumber(
    double mean, double epistemicStd, double aleatoricStd, double low, double high) {

  /** Sums up a predictive distribution. */
  public static PredictedNumber of(ValueDistribution predicted) {
    return new PredictedNumber(
        predicted.mean(),
        Math.sqrt(predicted.epistemicVariance()),
        Math.sqrt(predicted.aleatoricVariance()),
        predicted.quantile(0.025),
        predicted.quantile(0.975));
  }
}
