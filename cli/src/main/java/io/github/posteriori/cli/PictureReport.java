package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.posteriori.Prediction;
import java.nio.file.Path;

/**
 * Report of {@code predict} on one picture with {@code --json}.
 *
 * @param file as it was named
 * @param predicted number of the most probable class
 * @param probability of that class
 * @param epistemic variance that more data would remove, summed over classes
 * @param aleatoric variance that lies in the data, summed over classes
 */
@JsonPropertyOrder({"file", "class", "probability", "epistemic", "aleatoric"})
record PictureReport(
    String file,
    @JsonProperty("class") int predicted,
    double probability,
    double epistemic,
    double aleatoric) {

  /** Reports the prediction of a batch of one. */
  static PictureReport of(Path file, Prediction prediction) {
    int predicted = prediction.classes()[0];
    return new PictureReport(
        file.toString(),
        predicted,
        prediction.probabilities().getDouble(0, predicted),
        prediction.epistemic().sumNumber().doubleValue(),
        prediction.aleatoric().sumNumber().doubleValue());
  }
}
