package io.github.posteriori.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.posteriori.cli.predict.Predicted;

/**
 * Report of {@code predict} on one picture or row with {@code --json}; of several numbers one for
 * each.
 *
 * @param file as it was named
 * @param predicted what the network says of it; its keys stand beside {@code file}
 */
@JsonPropertyOrder({"file", "predicted"})
record PictureReport(String file, @JsonUnwrapped Predicted predicted) {}
