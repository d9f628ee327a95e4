package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalInterval;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a network says of one number, in the units of the column that it learned from.
 *
 * @param mean of its predictive distribution
 * @param epistemicStd standard deviation that more data would remove
 * @param aleatoricStd standard deviation of the noise
 * @param low lower end of the central interval of 95 %
 * @param high its upper end
 * @param promised the interval that holds the number with the promised probability; empty unless
 *     the network is calibrated
 */
public record PredictedNumber(
    double mean,
    double epistemicStd,
    double aleatoricStd,
    double low,
    double high,
    Optional<Ends> promised) {

  /**
   * The two ends of an interval.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Ends(double low, double high) {
    /** Returns how wide the interval is. */
    public double width() {
      return high - low;
    }
  }

  /** Sums up the predictive distributions of one example, one for each number. */
  public static List<PredictedNumber> of(BayesModule module, List<ValueDistribution> predicted) {
    Optional<Calibration.OfValues> calibration =
        module.calibration().flatMap(Calibration::ofValues);
    return IntStream.range(0, predicted.size())
        .mapToObj(
            k ->
                of(
                    predicted.get(k),
                    calibration.map(by -> ends(by.intervals().get(k), predicted.get(k)))))
        .toList();
  }

  /** Names the cells of a table that {@link #cells} writes. */
  public static String columns(boolean promised) {
    return "mean,epistemic_std,aleatoric_std,lower_95,upper_95"
        + (promised ? ",lower_promised,upper_promised" : "");
  }

  /** Writes the number as cells of a table, with all digits. */
  public String cells() {
    return Stream.concat(
            Stream.of(mean, epistemicStd, aleatoricStd, low, high),
            promised.stream().flatMap(ends -> Stream.of(ends.low(), ends.high())))
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static PredictedNumber of(ValueDistribution predicted, Optional<Ends> promised) {
    return new PredictedNumber(
        predicted.mean(),
        Math.sqrt(predicted.epistemicVariance()),
        Math.sqrt(predicted.aleatoricVariance()),
        predicted.quantile(0.025),
        predicted.quantile(0.975),
        promised);
  }

  private static Ends ends(ConformalInterval interval, ValueDistribution predicted) {
    double[] ends = interval.around(predicted.mean(), predicted.std());
    return new Ends(ends[0], ends[1]);
  }
}
