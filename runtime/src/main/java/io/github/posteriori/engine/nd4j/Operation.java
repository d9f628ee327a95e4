package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's equations on the arrays of one batch, forward beside backward. An operation lives for
 * one pass and keeps what the backward pass needs from the forward pass.
 */
interface Operation {

  /** Returns y = f(x). */
  INDArray forward(INDArray x);

  /**
   * Adds the gradients of the layer's parameters to those accumulated so far.
   *
   * @param dy gradient of the loss with respect to y
   * @param wantsInput whether the caller needs the result
   * @return gradient of the loss with respect to x, or null if not needed
   */
  INDArray backward(INDArray dy, boolean wantsInput);
}
