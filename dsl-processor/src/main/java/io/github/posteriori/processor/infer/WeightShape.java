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

  /** The weights of a convolution, where their shape is known. */
  static Optional<WeightShape> of(LayerSpec.Conv conv, Shape input, Shape output) {
    if (conv.groups().value() < 1
        || !(input instanceof Shape.Image in)
        || !(output instanceof Shape.Image out)) {
      return Optional.empty();
    }
    Count inOfGroup = in.channels().dividedBy(conv.groups().value());
    long taps = conv.window().window().orElseThrow().taps();
    return Optional.of(new WeightShape(out.channels(), inOfGroup.times(taps)));
  }

  /** The weights between two vectors of features, where their shape is known. */
  static Optional<WeightShape> of(Shape input, Shape output) {
    return input instanceof Shape.Features in && output instanceof Shape.Features out
        ? Optional.of(new WeightShape(out.count(), in.count()))
        : Optional.empty();
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
