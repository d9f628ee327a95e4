package io.github.posteriori.annotations;

/** How an enlarged image gets its pixels. */
public enum Interpolation {
  /** Each pixel is that of the input which it lies in. */
  NEAREST,
  /**
   * Each pixel is the mean of the four nearest ones of the input, weighted by how near their
   * centres are, along rows and columns; PyTorch's {@code bilinear} with {@code
   * align_corners=False}.
   */
  BILINEAR
}
