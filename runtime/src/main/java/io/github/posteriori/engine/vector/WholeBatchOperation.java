package io.github.posteriori.engine.vector;

/**
 * Computes a layer for which one block does not suffice; the counterpart of {@link Operation}. Each
 * block contributes what the others need, the blocks meet, and each goes on for itself.
 */
interface WholeBatchOperation {
  /** Takes what a block contributes. */
  default void gather(int block, float[] x) {}

  /** Computes what needs all blocks. */
  void meet(float[][] x);

  /** Returns y = f(x) of a block. */
  float[] forward(int block, float[] x);

  /** Takes what a block's gradient contributes. */
  default void gatherBack(int block, float[] dy) {}

  /** Computes what needs the gradients of all blocks, such as those by the layer's parameters. */
  void meetBack(float[][] dy);

  /** Returns dx of a block; unused lanes hold zeros, as in {@link Operation#backward}. */
  float[] backward(int block, float[] dy);
}
