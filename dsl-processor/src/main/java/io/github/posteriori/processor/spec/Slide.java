package io.github.posteriori.processor.spec;

/** How a kernel slides along one dimension, in pixels; every number is in range. */
public record Slide(int kernel, int stride, int padding, int dilation) {

  /** The pixels from the first tap to the last. */
  public long span() {
    return (long) dilation * (kernel - 1) + 1;
  }

  /**
   * How many of {@code size} pixels no window spans: those behind the last one, and those between
   * windows that step further than they are wide.
   *
   * @param size at least as large as the span, with the padding, which is below the span
   */
  public long leftOut(int size) {
    long windows = (size + 2L * padding - span()) / stride + 1;
    long end = (windows - 1) * stride + span() - padding;
    long beyond = Math.max(0, end - size);
    long covered = stride < span() ? end - beyond : windows * span() - padding - beyond;
    return size - covered;
  }
}
