package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operation that ran forward, and the gradients needed of it.
 *
 * @param operation the operation that ran
 * @param input whether the gradient with respect to its input is needed
 * @param output whether the gradient with respect to its output is needed, for the input or for
 *     parameters
 */
record Step(Operation operation, boolean input, boolean output) {

  /** Adds the gradients of the parameters and propagates {@code dy} back, as far as needed. */
  Gradient backward(Gradient dy) {
    if (dy.array().isEmpty() || !output) {
      return Gradient.NONE;
    }
    INDArray dx = operation.backward(dy.array().get(), input);
    return input ? Gradient.of(dx) : Gradient.NONE;
  }
}
