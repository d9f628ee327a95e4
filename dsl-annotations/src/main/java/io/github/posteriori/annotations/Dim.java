package io.github.posteriori.annotations;

/**
 * Special values of dimensions, which nobody writes by mistake, and the output sizes of windows.
 */
public final class Dim {
  /** A free dimension, which becomes a parameter of the generated {@code create}. */
  public static final int FREE = Integer.MIN_VALUE;

  /** A dimension inferred by the compiler from the layers before. */
  public static final int INFER = Integer.MIN_VALUE + 1;

  private Dim() {}

  /**
   * Returns the output size of a window that slides along one dimension.
   *
   * <p>{@code floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1}
   *
   * @param size input size in pixels
   * @param kernel window size in pixels
   * @param stride stride in pixels, at least 1
   * @param padding padding on each side in pixels
   * @param dilation dilation, the distance between neighbouring taps in pixels
   * @return the number of positions; 0 or less if the window does not fit
   */
  public static int slide(int size, int kernel, int stride, int padding, int dilation) {
    return Math.floorDiv(size + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1;
  }

  /**
   * Returns the output size of a transposed convolution along one dimension: the size over which
   * the window has {@code size} positions.
   *
   * <p>{@code (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + extra}
   *
   * @param size input size in pixels
   * @param kernel window size in pixels
   * @param stride stride in pixels, at least 1
   * @param padding padding on each side of the output in pixels
   * @param dilation distance between neighbouring taps in pixels
   * @param extra output padding in pixels, below the stride or the dilation
   */
  public static int spread(int size, int kernel, int stride, int padding, int dilation, int extra) {
    return (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + extra;
  }
}
