package io.github.posteriori.engine.vector;

/** Computes a linear map from images to images on one block, a few rows at a time. */
interface RowMap {
  /** The number of output rows that are computed together. */
  int rowsTogether();

  /** Floats of an output row, which may go on beyond the image. */
  int rowFloats();

  /**
   * Computes {@link #rowsTogether} rows.
   *
   * @param x {@code [in, pixels, width]}
   * @param index of these rows, the first of all being 0
   * @param y gets {@code [out, rowsTogether, rowFloats]} from {@code to} on, the next channel
   *     {@code planeFloats} on
   */
  void run(float[] x, int index, float[] y, int to, int planeFloats);
}
