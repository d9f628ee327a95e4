package io.github.posteriori.cli.predict;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.cli.run.Digits;
import io.github.posteriori.cli.run.PredictedNumber;
import java.util.Locale;

/**
 * What a network says of one number, as {@code predict} reports it, in the units of the column that
 * it learned from.
 *
 * @param target name of the number
 * @param mean of its predictive distribution
 * @param epistemicStd standard deviation that more data would remove
 * @param aleatoricStd standard deviation of the noise
 * @param interval the two ends of the central interval of 95 %
 */
@JsonPropertyOrder({"target", "mean", "epistemic_std", "aleatoric_std", "interval_95"})
public record PredictedValue(
    String target,
    double mean,
    @JsonProperty("epistemic_std") double epistemicStd,
    @JsonProperty("aleatoric_std") double aleatoricStd,
    @JsonProperty("interval_95") double[] interval)
    implements Predicted {
  private static final int DIGITS = 5;

  static PredictedValue of(String target, PredictedNumber number) {
    return new PredictedValue(
        target,
        number.mean(),
        number.epistemicStd(),
        number.aleatoricStd(),
        new double[] {number.low(), number.high()});
  }

  @Override
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s %s, 95 %% from %s to %s, epistemic std %s, aleatoric std %s",
        target,
        Digits.significant(mean, DIGITS),
        Digits.significant(interval[0], DIGITS),
        Digits.significant(interval[1], DIGITS),
        Digits.significant(epistemicStd, DIGITS),
        Digits.significant(aleatoricStd, DIGITS));
  }
}
