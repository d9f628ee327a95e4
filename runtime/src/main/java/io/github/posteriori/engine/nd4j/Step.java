package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operation that ran forward, and what its way back is for.
 *
 * @param operation what ran
 * @param input whether anybody needs the gradient by its input
 * @param output whether anybody needs the gradient by its output: for the input, or for parameters
 */
record Step(Operation operation, boolean input, boolean output) {

  /** Adds the gradients of the parameters and carries {@code dy} back, as far as it is needed. */
  Gradient backward(Gradient dy) {
    if (dy.array().isEmpty() || !output) {
      return Gradient.NONE;
    }
    INDArray dx = operation.backward(dy.array().get(), input);
    return input ? Gradient.of(dx) : Gradient.NONE;
  }
}
