package io.github.posteriori.annotations;

/**
 * Marks of dimensions that are not a plain number, and the one equation of how a window changes a
 * size.
 */
public final class Dim {
  /** Left open by the definition: becomes a parameter of the generated {@code create}. */
  public static final int FREE = -1;

  /** Worked out by the compiler from the layers before. */
  public static final int INFER = -2;

  private Dim() {}

  /**
   * The output size of a window that slides along one dimension.
   *
   * <p>{@code floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1}
   *
   * @param size input size in pixels
   * @param kernel window size in pixels
   * @param stride step in pixels, at least 1
   * @param padding pixels added on each side
   * @param dilation distance between neighbouring taps in pixels
   * @return the number of positions in pixels; 0 or less where the window does not fit
   */
  public static int slide(int size, int kernel, int stride, int padding, int dilation) {
    return Math.floorDiv(size + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1;
  }
}
