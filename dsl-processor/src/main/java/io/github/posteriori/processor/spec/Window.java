package io.github.posteriori.processor.spec;

/** A window over an image, in pixels; every number is in range. */
public record Window(Pair kernel, Pair stride, Pair padding, Pair dilation) {
  /** The number of taps. */
  public long taps() {
    return (long) kernel.rows() * kernel.columns();
  }

  /** Returns the window along a column. */
  public Slide down() {
    return new Slide(kernel.rows(), stride.rows(), padding.rows(), dilation.rows());
  }

  /** Returns the window along a row. */
  public Slide across() {
    return new Slide(kernel.columns(), stride.columns(), padding.columns(), dilation.columns());
  }
}
