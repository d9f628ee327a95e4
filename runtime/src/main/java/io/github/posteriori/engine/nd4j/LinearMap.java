package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The linear op of an affine layer, y = op(x, W) + b, and its derivatives. */
interface LinearMap {

  /**
   * op(x, w) + b.
   *
   * @param b one number for each output channel or feature, or null
   */
  INDArray apply(INDArray x, INDArray w, INDArray b);

  /** The gradients of a loss whose gradient by y is {@code dy}. */
  Gradients gradients(INDArray x, INDArray w, INDArray dy, boolean wantsInput, boolean wantsBias);

  /**
   * Gradients of a linear op.
   *
   * @param x by the input, or null where nobody needs it
   * @param w by the weights
   * @param b by the bias, or null where there is none
   */
  record Gradients(INDArray x, INDArray w, INDArray b) {}
}
