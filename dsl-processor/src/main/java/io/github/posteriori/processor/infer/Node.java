package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import java.util.Optional;

/**
 * A layer in its place.
 *
 * @param layer as the user wrote it
 * @param source the layer whose output this one takes; empty for the network's input
 * @param input shape of one example
 * @param output shape of one example
 */
public record Node(LayerSpec layer, Optional<String> source, Shape input, Shape output) {
  /** The name of the field. */
  public String name() {
    return layer.name();
  }
}
