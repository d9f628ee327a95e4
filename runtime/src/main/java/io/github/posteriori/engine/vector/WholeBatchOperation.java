package io.github.posteriori.engine.vector;

/** The equations of a layer for which all blocks of a batch meet; otherwise as an operation. */
interface WholeBatchOperation {

  /**
   * y = f(x).
   *
   * @param x of each block
   * @return y of each block
   */
  float[][] forward(float[][] x);

  /**
   * Leaves the gradients by the layer's parameters; zeros in lanes without an image, as {@link
   * Operation#backward}.
   *
   * @param dy of each block
   * @return dx of each block
   */
  float[][] backward(float[][] dy);
}
