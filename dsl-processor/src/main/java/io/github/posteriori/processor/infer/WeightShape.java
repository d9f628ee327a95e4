package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import java.util.Optional;

/**
 * The shape of the weights of a convolution or a linear layer.
 *
 * @param filters output channels or features
 * @param fanIn number of weights of each
 */
public record WeightShape(Count filters, Count fanIn) {

  /** Returns the shape of the weights of a convolution, if it is known. */
  static Optional<WeightShape> of(LayerSpec.Filtering conv, Shape input, Shape output) {
    if (conv.groups().value() < 1
        || !(input instanceof Shape.Image in)
        || !(output instanceof Shape.Image out)) {
      return Optional.empty();
    }
    Count inOfGroup = in.channels().dividedBy(conv.groups().value());
    long taps = conv.window().window().orElseThrow().taps();
    return Optional.of(new WeightShape(out.channels(), inOfGroup.times(taps)));
  }

  /** Returns the shape of the weights between two vectors of features, if it is known. */
  static Optional<WeightShape> of(Shape input, Shape output) {
    return input instanceof Shape.Features in && output instanceof Shape.Features out
        ? Optional.of(new WeightShape(out.count(), in.count()))
        : Optional.empty();
  }

  /** Returns the number of weights. */
  public Count size() {
    return filters.times(fanIn);
  }

  @Override
  public String toString() {
    return "[" + filters + ", " + fanIn + "]";
  }
}
