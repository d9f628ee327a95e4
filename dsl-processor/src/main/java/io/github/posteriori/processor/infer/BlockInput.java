package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.Optional;

/** The input of a block, from its class's statement and the actual shape. */
final class BlockInput {
  private BlockInput() {}

  /**
   * Returns the shape within the block; unknown if the class states another than the actual one.
   */
  static Shape bind(InputSpec stated, Shape arrives) {
    if (arrives instanceof Shape.Image image && stated.statesImage()) {
      Optional<Count> channels = bind(stated.channels(), image.channels());
      Optional<Count> height = bind(stated.height(), image.height());
      Optional<Count> width = bind(stated.width(), image.width());
      return channels.isPresent() && height.isPresent() && width.isPresent()
          ? new Shape.Image(channels.get(), height.get(), width.get())
          : new Shape.Unknown();
    }
    if (arrives instanceof Shape.Features features && stated.statesFeatures()) {
      return bind(stated.features(), features.count())
          .<Shape>map(Shape.Features::new)
          .orElse(new Shape.Unknown());
    }
    return new Shape.Unknown();
  }

  private static Optional<Count> bind(Stated<Integer> stated, Count arrives) {
    if (stated.value() == Dim.FREE) {
      return Optional.of(arrives);
    }
    return arrives.differsFrom(stated.value())
        ? Optional.empty()
        : Optional.of(Count.of(stated.value()));
  }
}
