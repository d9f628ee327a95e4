package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.posteriori.cli.predict.Predicted;
import io.github.posteriori.cli.predict.PredictedClass;
import io.github.posteriori.cli.predict.Willingness;
import java.util.Optional;

/**
 * Report of {@code predict} on one picture or row with {@code --json}; of several numbers one for
 * each.
 *
 * @param file as it was named
 * @param predicted what the network says of it; its keys stand beside {@code file}
 * @param refused whether it is less sure than a stated risk asks for; null where none is stated
 */
@JsonPropertyOrder({"file", "predicted", "refused"})
record PictureReport(
    String file,
    @JsonUnwrapped Predicted predicted,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean refused) {

  static PictureReport of(String file, Predicted predicted, Optional<Willingness> willingness) {
    Boolean refused =
        willingness.isPresent() && predicted instanceof PredictedClass known
            ? willingness.get().refuses(known.probability())
            : null;
    return new PictureReport(file, predicted, refused);
  }

  /** What is said, in one line. */
  String line() {
    String doubt = Boolean.TRUE.equals(refused) ? "I don't know; perhaps " : "";
    return file + ": " + doubt + predicted.line();
  }
}
