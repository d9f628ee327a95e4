package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The linear op of an affine layer, y = op(x, W) + b, and its derivatives. */
interface LinearMap {

  /**
   * Returns op(x, w) + b.
   *
   * @param b one number for each output channel or feature, or null
   */
  INDArray apply(INDArray x, INDArray w, INDArray b);

  /** Returns the gradients of a loss whose gradient with respect to y is {@code dy}. */
  Gradients gradients(INDArray x, INDArray w, INDArray dy, boolean wantsInput, boolean wantsBias);

  /**
   * Gradients of a linear op.
   *
   * @param x with respect to the input, or null if not needed
   * @param w with respect to the weights
   * @param b with respect to the bias, or null if there is none
   */
  record Gradients(INDArray x, INDArray w, INDArray b) {}
}
