package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.KaratsubaLoops;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Karatsuba's algorithm (Karatsuba and Ofman 1962): {@link ToomCook} for images of 2 x 2 pixels,
 * with the points 1, 0 and infinity in both directions at once, which is one map of nine parts.
 */
final class Karatsuba extends ToomCook {
  private static final int POINTS = 3;
  private static final int[] REVERSED = {3, 2, 1, 0};
  private static final int[] IN_ORDER = {0, 1, 2, 3};

  private final int count;
  private final int taps;

  /** Floats of a row of taps. */
  private final int line;

  /** Offset of the last tap that connects an input to an output, in a column; below, in a row. */
  private final int lastRow;

  private final int lastColumn;

  Karatsuba(Geometry geometry, int count) {
    super(-1, -1, -1, -1, 0, 1, -1, 2, 3);
    Window window = geometry.window();
    this.count = count;
    this.taps = geometry.taps();
    this.line = window.columns() * count;
    this.lastRow = (window.paddingRows() + 1) * line;
    this.lastColumn = (window.paddingColumns() + 1) * count;
  }

  @Override
  int maps() {
    return 1;
  }

  @Override
  int[] places() {
    return REVERSED;
  }

  @Override
  void split(
      float[] x,
      int from,
      int step,
      boolean isInput,
      float[] to,
      int at,
      int mapStep,
      int pixelStep,
      int count) {
    int[] places = isInput ? REVERSED : IN_ORDER;
    for (int pixel = 0; pixel < places.length; pixel++) {
      System.arraycopy(x, from + places[pixel] * step, to, at + pixel * pixelStep, count);
    }
  }

  @Override
  void merge(
      float[] from,
      int at,
      int mapStep,
      int pixelStep,
      float[] y,
      int to,
      int step,
      boolean isInput,
      int count) {
    throw new IllegalStateException("found one map, expected several to merge");
  }

  @Override
  void sums(float[] x, int a, int b, int c, int d, float[] sums, int at, int step, int count) {
    KaratsubaLoops.sums(x, a, b, c, d, sums, at, step, count);
  }

  @Override
  void outputs(
      float[] products, int at, int step, float[] y, int a, int b, int c, int d, int count) {
    KaratsubaLoops.outputs(products, at, step, y, a, b, c, d, count);
  }

  @Override
  int workspace() {
    return taps * count + POINTS * line;
  }

  @Override
  void weights(float[] h, float[] to, int at, int step) {
    int half = taps * count;
    KaratsubaLoops.weights(h, lastRow, -line, h, half, line, line);
    for (int p = 0; p < POINTS; p++) {
      int from = half + p * line + lastColumn;
      KaratsubaLoops.weights(h, from, -count, to, at + p * POINTS * step, step, count);
    }
  }

  @Override
  void gradient(float[] from, int at, float[] dh) {
    int half = taps * count;
    Arrays.fill(dh, 0, workspace(), 0);
    for (int p = 0; p < POINTS; p++) {
      int to = half + p * line + lastColumn;
      KaratsubaLoops.gradient(from, at + p * POINTS * count, count, dh, to, -count, count);
    }
    KaratsubaLoops.gradient(dh, half, line, dh, lastRow, -line, line);
  }
}
