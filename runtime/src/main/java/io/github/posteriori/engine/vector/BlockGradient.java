package io.github.posteriori.engine.vector;

/**
 * Computes one block's gradient by the weights of a map: dW = sum over images and pixels of x dy.
 */
interface BlockGradient {
  /**
   * Creates the gradient that a plan names.
   *
   * @param ofVariances whether x are squares, whose gradient is computed beside that of means
   */
  static BlockGradient of(LayerPlan plan, LaneBlock block, boolean ofVariances) {
    return switch (plan.weightGradient()) {
      case BATCH_IN_LANES -> new BatchInLanesGradient(plan.geometry(), block, ofVariances);
      case CHANNELS_IN_LANES -> new ChannelsInLanesGradient(plan.geometry(), block, ofVariances);
      case ROW_TAPS -> new RowTapsGradient(plan.geometry(), block, ofVariances);
      case WINOGRAD -> new WinogradGradient(plan.geometry(), block, ofVariances);
      case DEPTHWISE, BATCH_GEMM, ARGMAX, TOOM_COOK ->
          throw new IllegalArgumentException(
              "found the plan " + plan + ", expected a gradient of each block");
    };
  }

  /** Clears all sums and takes x: {@code [in, pixels, width]}. */
  void start(float[] x);

  /** Adds the products of some rows of the output; see {@link LinearPass#addRows}. */
  void addRows(float[] dy, int firstRow, int rows);

  /**
   * Writes the gradient.
   *
   * @param share gets {@code [out, in / groups, rows, columns]}
   */
  void end(float[] share);
}
