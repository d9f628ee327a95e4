package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;
import java.util.Optional;

/**
 * A layer in its place.
 *
 * @param layer as the user wrote it
 * @param sources its inputs; one, unless it joins several
 * @param output shape of one example
 * @param weight the weight of an affine layer, if its shape is known
 * @param cost the cost; none if a shape is not known
 * @param within the inside of a block; empty for other layers
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

  /** The first input of the layer. */
  public Source source() {
    return sources.get(0);
  }

  /** The shape of the first input. */
  public Shape input() {
    return source().shape();
  }

  /** Returns whether the layer takes the output of {@code name}. */
  public boolean takes(String name) {
    return sources.stream().anyMatch(source -> source.name().equals(name));
  }
}
