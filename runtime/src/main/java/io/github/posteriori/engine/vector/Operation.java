package io.github.posteriori.engine.vector;

/**
 * A layer's equations (or those of a stage) on the arrays of one block, forward beside backward. An
 * array holds {@code [elements, width]}, an element being a pixel of a channel or a feature.
 *
 * <p>Unlike a pass it lives on, with its arrays, and works for one block after the other.
 */
interface Operation {

  /**
   * y = f(x).
   *
   * @param samples how many posterior samples to draw of y; more than one only for operations that
   *     draw
   * @param sample the first of them
   */
  void forward(float[] x, int sample, int samples);

  /** What {@link #forward} computed, for the {@code index}th sample it was asked for. */
  float[] output(int index);

  /** Whether y differs between posterior samples of the same x. */
  default boolean draws() {
    return false;
  }

  /**
   * Leaves the block's share of the gradients by the weights. Lanes without an image hold zeros in
   * dy, and must hold zeros in the result: the layer before sums over all lanes.
   *
   * @param dy gradient of the loss by y
   * @param wantsInput whether the caller needs the result
   * @return gradient of the loss by x, or null when nobody needs it
   */
  float[] backward(float[] dy, boolean wantsInput);
}
