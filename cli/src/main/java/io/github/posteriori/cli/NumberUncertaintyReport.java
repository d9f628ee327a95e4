package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.cli.figures.MeasuredNumbers;
import io.github.posteriori.cli.figures.NumberComparison;
import io.github.posteriori.cli.run.PredictedNumber;
import io.github.posteriori.uncertainty.Detection;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Report of {@code uncertainty} with {@code --json} on a network that predicts numbers. */
@JsonPropertyOrder({"in", "ood", "auroc", "detection", "picture", "csv"})
record NumberUncertaintyReport(
    Means in,
    Means ood,
    double auroc,
    Map<String, Detection> detection,
    String picture,
    String csv) {

  static NumberUncertaintyReport of(NumberComparison comparison, Path picture, Path csv) {
    return new NumberUncertaintyReport(
        Means.of(comparison.in()),
        Means.of(comparison.ood()),
        comparison.detection().auroc(),
        Map.of("epistemic", comparison.detection()),
        picture.toString(),
        csv.toString());
  }

  /**
   * Means over the examples of a set, in the units of the targets.
   *
   * @param epistemicStd standard deviation that more data would remove, by target
   * @param aleatoricStd standard deviation of the noise, by target
   * @param intervalWidth width of the interval that the network promises, by target; null unless it
   *     is calibrated
   */
  @JsonPropertyOrder({"epistemic_std", "aleatoric_std", "interval_width"})
  record Means(
      @JsonProperty("epistemic_std") Map<String, Double> epistemicStd,
      @JsonProperty("aleatoric_std") Map<String, Double> aleatoricStd,
      @JsonProperty("interval_width") @JsonInclude(JsonInclude.Include.NON_NULL)
          Map<String, Double> intervalWidth) {

    static Means of(MeasuredNumbers set) {
      return new Means(
          means(set, PredictedNumber::epistemicStd),
          means(set, PredictedNumber::aleatoricStd),
          set.promises() ? means(set, number -> number.promised().orElseThrow().width()) : null);
    }

    private static Map<String, Double> means(
        MeasuredNumbers set, ToDoubleFunction<PredictedNumber> part) {
      Map<String, Double> means = new LinkedHashMap<>();
      for (int k = 0; k < set.targetNames().size(); k++) {
        means.put(set.targetNames().get(k), Arrays.stream(set.of(k, part)).average().orElseThrow());
      }
      return means;
    }
  }
}
