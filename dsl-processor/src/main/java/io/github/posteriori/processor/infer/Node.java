package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;
import java.util.Optional;

/**
 * A layer in its place.
 *
 * @param layer as the user wrote it
 * @param sources what it takes; one, unless it joins several
 * @param output shape of one example
 * @param weight of a layer that has one, where its shape is known
 * @param cost nothing where a shape is not known
 * @param within the network that a block is; empty for other layers
 */
public record Node(
    LayerSpec layer,
    List<Source> sources,
    Shape output,
    Optional<WeightShape> weight,
    Cost cost,
    Optional<Within> within) {

  /** The name of the field. */
  public String name() {
    return layer.name();
  }

  /** What the layer takes first. */
  public Source source() {
    return sources.get(0);
  }

  /** The shape of what it takes first. */
  public Shape input() {
    return source().shape();
  }

  /** Whether the layer takes the output of {@code name}. */
  public boolean takes(String name) {
    return sources.stream().anyMatch(source -> source.name().equals(name));
  }
}
