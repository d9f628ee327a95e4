package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.AllGather;

/**
 * Computes a layer for which one block does not suffice; the counterpart of {@link Operation}. Each
 * block contributes what the others need, the blocks meet, and each goes on for itself.
 */
interface WholeBatchOperation {
  /** Takes what a block contributes. */
  default void gather(int block, float[] x) {}

  /**
   * Computes what needs all blocks.
   *
   * @param shards exchanges numbers with the blocks of other shards
   */
  void meet(float[][] x, AllGather shards);

  /** Returns y = f(x) of a block. */
  float[] forward(int block, float[] x);

  /** Takes what a block's gradient contributes. */
  default void gatherBack(int block, float[] dy) {}

  /**
   * Computes what needs the gradients of all blocks, such as those by the layer's parameters.
   *
   * @param shards exchanges numbers with the blocks of other shards
   */
  void meetBack(float[][] dy, AllGather shards);

  /** Returns dx of a block; unused lanes hold zeros, as in {@link Operation#backward}. */
  float[] backward(int block, float[] dy);
}
