package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.Prediction;
import java.nio.file.Path;
import java.util.List;

/**
 * Report of {@code predict} on one picture with {@code --json}.
 *
 * @param file as it was named
 * @param predicted name of the most probable class
 * @param index its number, from 0
 * @param probability of that class
 * @param epistemic variance that more data would remove, summed over classes
 * @param aleatoric variance that lies in the data, summed over classes
 */
@JsonPropertyOrder({"file", "class", "index", "probability", "epistemic", "aleatoric"})
record PictureReport(
    String file,
    @JsonProperty("class") String predicted,
    int index,
    double probability,
    double epistemic,
    double aleatoric) {

  /** Reports the prediction of a batch of one, by a network of these classes. */
  static PictureReport of(Path file, List<String> classNames, Prediction prediction) {
    int index = prediction.classes()[0];
    return new PictureReport(
        file.toString(),
        classNames.get(index),
        index,
        prediction.probabilities().getDouble(0, index),
        prediction.epistemic().sumNumber().doubleValue(),
        prediction.aleatoric().sumNumber().doubleValue());
  }
}
