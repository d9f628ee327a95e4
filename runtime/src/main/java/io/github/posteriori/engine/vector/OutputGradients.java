package io.github.posteriori.engine.vector;

/**
 * The gradients of the loss by the outputs of a linear map, as an {@link Epilogue} knows them
 * behind its max-pool, where there is one: one number for each window, {@code [out, windows,
 * width]}.
 */
interface OutputGradients {
  /** Windows of a channel; without a pool its pixels. */
  int windows();

  /** The gradient by the means, or by the only outputs there are. */
  float[] byMean();

  /** The gradient by the variances, or null where outputs are not sampled. */
  float[] byVariance();

  /** The tap of its window that each largest value was; null without a pool. */
  float[] taps();

  /** Whether each window has one gradient, which belongs to one of its outputs. */
  boolean isPooled();

  /**
   * Scatters some rows over the windows: {@code [out, rows, columns, width]}.
   *
   * @param dv null where outputs are not sampled
   */
  void scatter(int firstRow, int rows, float[] dy, float[] dv);
}
