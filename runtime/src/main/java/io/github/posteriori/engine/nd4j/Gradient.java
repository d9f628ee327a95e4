package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Signal;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of the loss with respect to the activations of a batch.
 *
 * @param array of the shape of the activations, or empty if not needed
 */
record Gradient(Optional<INDArray> array) implements Signal {
  /** The placeholder of a gradient that is not needed. */
  static final Gradient NONE = new Gradient(Optional.empty());

  static Gradient of(INDArray array) {
    return new Gradient(Optional.of(array));
  }
}
