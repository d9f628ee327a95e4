package io.github.posteriori.engine.vector;

/**
 * Computes a layer, or several fused ones, on the arrays of one block, forward and back. An array
 * holds {@code [elements, width]}, an element being a pixel of a channel or a feature.
 *
 * <p>An operation is reused, with its arrays, from block to block.
 */
interface Operation {

  /**
   * Computes y = f(x).
   *
   * @param samples how many posterior samples to draw of y; more than one only for operations that
   *     draw
   * @param sample the first of them
   */
  void forward(float[] x, int sample, int samples);

  /** The output of the {@code index}th sample that {@link #forward} was asked for. */
  float[] output(int index);

  /** Whether y differs between posterior samples of the same x. */
  default boolean draws() {
    return false;
  }

  /**
   * Computes the block's gradients by the weights and by the input. Unused lanes hold zeros in dy,
   * and must hold zeros in the result, since the layer before sums over all lanes.
   *
   * @param dy gradient of the loss by y
   * @param wantsInput whether the caller needs the result
   * @return gradient of the loss by x, or null where it is not wanted
   */
  float[] backward(float[] dy, boolean wantsInput);
}
