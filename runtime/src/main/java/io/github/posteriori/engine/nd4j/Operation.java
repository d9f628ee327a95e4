package io.github.posteriori.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's equations on the arrays of one batch, forward beside backward. It lives for one pass
 * and keeps what the forward pass must remember for the way back.
 */
interface Operation {

  /** y = f(x). */
  INDArray forward(INDArray x);

  /**
   * Adds the gradients of the layer's parameters to what they hold.
   *
   * @param dy gradient of the loss by y
   * @param wantsInput whether the caller needs the result
   * @return gradient of the loss by x, or null when nobody needs it
   */
  INDArray backward(INDArray dy, boolean wantsInput);
}
