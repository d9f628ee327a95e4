package io.github.posteriori.onnx;

import java.util.Optional;

/**
 * The mean and the variance of a tensor that flows through a model.
 *
 * @param variance of the shape of the mean; empty where nothing varies
 */
record ValueMoments(Value mean, Optional<Value> variance) {

  /** The moments of numbers that do not vary. */
  static ValueMoments exact(Value value) {
    return new ValueMoments(value, Optional.empty());
  }
}
