package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.MixtureScore;
import io.github.posteriori.cli.figures.NormalisationNames;
import io.github.posteriori.data.Dataset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Report of {@code mixture} with {@code --json}. The three maps have a value for each kind of
 * uncertainty and normalisation, such as {@code epistemic_softmax}.
 */
@JsonPropertyOrder({
  "dataset",
  "net",
  "tasks",
  "samples",
  "images",
  "checkpoints",
  "accuracy",
  "right_expert",
  "informed_accuracy",
  "seconds"
})
record MixtureReport(
    String dataset,
    String net,
    int tasks,
    int samples,
    int images,
    List<String> checkpoints,
    Map<String, Double> accuracy,
    @JsonProperty("right_expert") Map<String, Double> rightExpert,
    @JsonProperty("informed_accuracy") Map<String, Double> informedAccuracy,
    double seconds) {

  static MixtureReport of(
      Dataset test,
      String net,
      List<Path> checkpoints,
      int samples,
      List<MixtureScore> scores,
      double seconds) {
    MixtureReport report =
        new MixtureReport(
            test.name(),
            net,
            checkpoints.size(),
            samples,
            test.size(),
            checkpoints.stream().map(Path::toString).toList(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            seconds);
    for (MixtureScore score : scores) {
      String way = lower(score.by()) + "_" + NormalisationNames.of(score.normalisation());
      report.accuracy.put(way, score.accuracy());
      report.rightExpert.put(way, score.rightExpert());
      report.informedAccuracy.put(way, score.informedAccuracy());
    }
    return report;
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
