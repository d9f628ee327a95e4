package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Signal;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of the loss by the activations of a batch.
 *
 * @param array of the shape of the activations, or empty where nobody needs it
 */
record Gradient(Optional<INDArray> array) implements Signal {
  /** In place of a gradient that nobody needs. */
  static final Gradient NONE = new Gradient(Optional.empty());

  static Gradient of(INDArray array) {
    return new Gradient(Optional.of(array));
  }
}
