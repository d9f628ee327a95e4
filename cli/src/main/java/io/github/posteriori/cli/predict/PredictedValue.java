package io.github.posteriori.cli.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param central the two ends of the central interval of 95 %
 * @param interval the two ends of the one that holds the number with the promised probability; null
 *     unless the network is calibrated
 */
@JsonPropertyOrder({"target", "mean", "epistemic_std", "aleatoric_std", "interval_95", "interval"})
public record PredictedValue(
    String target,
    double mean,
    @JsonProperty("epistemic_std") double epistemicStd,
    @JsonProperty("aleatoric_std") double aleatoricStd,
    @JsonProperty("interval_95") double[] central,
    @JsonInclude(JsonInclude.Include.NON_NULL) double[] interval)
    implements Predicted {
  private static final int DIGITS = 5;

  static PredictedValue of(String target, PredictedNumber number) {
    return new PredictedValue(
        target,
        number.mean(),
        number.epistemicStd(),
        number.aleatoricStd(),
        new double[] {number.low(), number.high()},
        number.promised().map(ends -> new double[] {ends.low(), ends.high()}).orElse(null));
  }

  @Override
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s %s, 95 %% from %s to %s, epistemic std %s, aleatoric std %s%s",
        target,
        Digits.significant(mean, DIGITS),
        Digits.significant(central[0], DIGITS),
        Digits.significant(central[1], DIGITS),
        Digits.significant(epistemicStd, DIGITS),
        Digits.significant(aleatoricStd, DIGITS),
        interval == null
            ? ""
            : ", promised from "
                + Digits.significant(interval[0], DIGITS)
                + " to "
                + Digits.significant(interval[1], DIGITS));
  }
}
