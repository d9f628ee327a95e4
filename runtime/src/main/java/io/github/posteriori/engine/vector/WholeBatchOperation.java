package io.github.posteriori.engine.vector;

/**
 * Computes a layer on all blocks of a batch together, where one block does not suffice; the
 * counterpart of {@link Operation}.
 */
interface WholeBatchOperation {

  /**
   * Computes y = f(x).
   *
   * @param x of each block
   * @return y of each block
   */
  float[][] forward(float[][] x);

  /**
   * Computes the gradients by the layer's parameters and by its input; unused lanes hold zeros, as
   * in {@link Operation#backward}.
   *
   * @param dy of each block
   * @return dx of each block
   */
  float[][] backward(float[][] dy);
}
