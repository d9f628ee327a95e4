package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.cli.figures.Comparison;
import io.github.posteriori.uncertainty.Detection;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.SetUncertainty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
        Means.of(comparison.in().means()),
        Means.of(comparison.ood().means()),
        comparison.auroc(),
        detection,
        picture.toString(),
        histograms.toString(),
        csv.toString());
  }

  /** Means over the images of a set; variances summed over classes, information in nats. */
  @JsonPropertyOrder({
    "epistemic_softmax",
    "aleatoric_softmax",
    "epistemic_normalized",
    "aleatoric_normalized",
    "entropy",
    "mutual_information"
  })
  record Means(
      @JsonProperty("epistemic_softmax") double epistemicSoftmax,
      @JsonProperty("aleatoric_softmax") double aleatoricSoftmax,
      @JsonProperty("epistemic_normalized") double epistemicNormalized,
      @JsonProperty("aleatoric_normalized") double aleatoricNormalized,
      double entropy,
      @JsonProperty("mutual_information") double mutualInformation) {

    static Means of(Map<Normalisation, SetUncertainty> means) {
      SetUncertainty softmax = means.get(Normalisation.SOFTMAX);
      SetUncertainty normalized = means.get(Normalisation.SOFTPLUS);
      return new Means(
          softmax.totalEpistemic(),
          softmax.totalAleatoric(),
          normalized.totalEpistemic(),
          normalized.totalAleatoric(),
          softmax.entropy(),
          softmax.mutualInformation());
    }
  }
}
