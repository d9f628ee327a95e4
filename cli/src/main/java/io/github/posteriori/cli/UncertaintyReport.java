package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.cli.figures.Comparison;
import io.github.posteriori.cli.figures.MeasuredSet;
import io.github.posteriori.uncertainty.Detection;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.SetUncertainty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Report of {@code uncertainty} with {@code --json}. */
@JsonPropertyOrder({"in", "ood", "auroc", "detection", "picture", "histograms", "csv"})
record UncertaintyReport(
    Means in,
    Means ood,
    double auroc,
    Map<String, Detection> detection,
    String picture,
    String histograms,
    String csv) {

  static UncertaintyReport of(Comparison comparison, Path picture, Path histograms, Path csv) {
    Map<String, Detection> detection = new LinkedHashMap<>();
    comparison
        .detections()
        .forEach((score, found) -> detection.put(score.name().toLowerCase(Locale.ROOT), found));
    return new UncertaintyReport(
        Means.of(comparison.in()),
        Means.of(comparison.ood()),
        comparison.auroc(),
        detection,
        picture.toString(),
        histograms.toString(),
        csv.toString());
  }

  /**
   * Means over the images of a set; variances summed over classes, information in nats.
   *
   * @param meanSetSize classes in the set that the network promises; null unless it is calibrated
   */
  @JsonPropertyOrder({
    "epistemic_softmax",
    "aleatoric_softmax",
    "epistemic_normalized",
    "aleatoric_normalized",
    "entropy",
    "mutual_information",
    "mean_set_size"
  })
  record Means(
      @JsonProperty("epistemic_softmax") double epistemicSoftmax,
      @JsonProperty("aleatoric_softmax") double aleatoricSoftmax,
      @JsonProperty("epistemic_normalized") double epistemicNormalized,
      @JsonProperty("aleatoric_normalized") double aleatoricNormalized,
      double entropy,
      @JsonProperty("mutual_information") double mutualInformation,
      @JsonProperty("mean_set_size") @JsonInclude(JsonInclude.Include.NON_NULL)
          Double meanSetSize) {

    static Means of(MeasuredSet set) {
      SetUncertainty softmax = set.means().get(Normalisation.SOFTMAX);
      SetUncertainty normalized = set.means().get(Normalisation.SOFTPLUS);
      OptionalDouble size = set.meanSetSize();
      return new Means(
          softmax.totalEpistemic(),
          softmax.totalAleatoric(),
          normalized.totalEpistemic(),
          normalized.totalAleatoric(),
          softmax.entropy(),
          softmax.mutualInformation(),
          size.isPresent() ? size.getAsDouble() : null);
    }
  }
}
