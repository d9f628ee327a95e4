package io.github.posteriori.processor.spec;

/** A window along one dimension, in pixels; every number is in range. */
public record Slide(int kernel, int stride, int padding, int dilation) {

  /** Returns the size of the dilated kernel. */
  public long span() {
    return (long) dilation * (kernel - 1) + 1;
  }

  /**
   * Returns how many of {@code size} pixels no window covers: those after the last window, and
   * those between windows whose stride exceeds their size.
   *
   * @param size the size without padding; with padding it is at least the span, and the padding is
   *     below the span
   */
  public long leftOut(int size) {
    long windows = (size + 2L * padding - span()) / stride + 1;
    long end = (windows - 1) * stride + span() - padding;
    long beyond = Math.max(0, end - size);
    long covered = stride < span() ? end - beyond : windows * span() - padding - beyond;
    return size - covered;
  }
}
