package io.github.posteriori.processor.spec;

/** How a kernel slides over an image, in pixels; every number is in range. */
public record Window(Pair kernel, Pair stride, Pair padding, Pair dilation) {
  /** The number of taps. */
  public long taps() {
    return (long) kernel.rows() * kernel.columns();
  }
}
