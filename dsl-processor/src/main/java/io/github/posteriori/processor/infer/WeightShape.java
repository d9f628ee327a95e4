package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import java.util.Optional;

/**
 * The weights of a convolution or a linear layer.
 *
 * @param filters output channels or features
 * @param fanIn weights of each
 */
public record WeightShape(Count filters, Count fanIn) {

  /** The weights of a layer, where it has some and their shape is known. */
  public static Optional<WeightShape> of(Node node) {
    if (node.layer() instanceof LayerSpec.Conv conv
        && conv.groups().value() >= 1
        && node.input() instanceof Shape.Image in
        && node.output() instanceof Shape.Image out) {
      Count inOfGroup = in.channels().dividedBy(conv.groups().value());
      return Optional.of(
          new WeightShape(
              out.channels(), inOfGroup.times(conv.window().window().orElseThrow().taps())));
    }
    if (node.layer() instanceof LayerSpec.Linear
        && node.input() instanceof Shape.Features in
        && node.output() instanceof Shape.Features out) {
      return Optional.of(new WeightShape(out.count(), in.count()));
    }
    return Optional.empty();
  }

  /** How many numbers they are. */
  public Count size() {
    return filters.times(fanIn);
  }

  @Override
  public String toString() {
    return "[" + filters + ", " + fanIn + "]";
  }
}
