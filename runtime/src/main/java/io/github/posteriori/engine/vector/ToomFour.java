package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.SevenPoints;
import io.github.posteriori.layers.Window;

/**
 * Toom-Cook algorithm with seven points: {@link ToomCook} for images of 4 x 4 pixels. It transforms
 * columns first, which leaves seven maps of one row each, then each map, in seven parts. So a map
 * stays in the second-level cache.
 */
final class ToomFour extends ToomCook {
  private static final int SIDE = 4;
  private static final int POINTS = 7;
  private static final int[] IN_ORDER = {0, 1, 2, 3};

  private final int rows;
  private final int columns;
  private final int count;

  /** V for rows and columns of taps. */
  private final Transform byRow;

  private final Transform byColumn;

  /** V'. */
  private final Transform rowGradient;

  private final Transform columnGradient;

  ToomFour(Geometry geometry, int count) {
    super(0, -1, -1, -1, -1, -1, 3);
    Window window = geometry.window();
    this.rows = window.rows();
    this.columns = window.columns();
    this.count = count;
    double[][] ofRows = v(rows, window.paddingRows());
    double[][] ofColumns = v(columns, window.paddingColumns());
    this.byRow = Transform.of(ofRows, columns * count);
    this.byColumn = Transform.of(ofColumns, count);
    this.rowGradient = Transform.ofTransposed(ofRows, columns * count);
    this.columnGradient = Transform.ofTransposed(ofColumns, count);
  }

  /** V, with the taps in their order; those that connect nothing have zeros. */
  private static double[][] v(int taps, int padding) {
    double[][] v = new double[POINTS][taps];
    for (int p = 0; p < POINTS; p++) {
      double[] coefficients = SevenPoints.interpolation(p);
      for (int tap = 0; tap < taps; tap++) {
        int place = SIDE - 1 + padding - tap; // of an input in reverse and an output, added
        v[p][tap] = place >= 0 && place < POINTS ? coefficients[place] : 0;
      }
    }
    return v;
  }

  @Override
  int maps() {
    return POINTS;
  }

  @Override
  int[] places() {
    return IN_ORDER;
  }

  private static int pixel(int row, int column, boolean isInput) {
    int pixel = row * SIDE + column;
    return isInput ? SIDE * SIDE - 1 - pixel : pixel;
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
    for (int column = 0; column < SIDE; column++) {
      SevenPoints.values(
          x,
          from + pixel(0, column, isInput) * step,
          from + pixel(1, column, isInput) * step,
          from + pixel(2, column, isInput) * step,
          from + pixel(3, column, isInput) * step,
          to,
          at + column * pixelStep,
          mapStep,
          count);
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
    for (int column = 0; column < SIDE; column++) {
      SevenPoints.four(
          from,
          at + column * pixelStep,
          mapStep,
          y,
          to + pixel(0, column, isInput) * step,
          to + pixel(1, column, isInput) * step,
          to + pixel(2, column, isInput) * step,
          to + pixel(3, column, isInput) * step,
          count);
    }
  }

  @Override
  void sums(float[] x, int a, int b, int c, int d, float[] sums, int at, int step, int count) {
    SevenPoints.sums(x, a, b, c, d, sums, at, step, count);
  }

  @Override
  void outputs(
      float[] products, int at, int step, float[] y, int a, int b, int c, int d, int count) {
    SevenPoints.four(products, at, step, y, a, b, c, d, count);
  }

  @Override
  int workspace() {
    return (rows + POINTS) * columns * count;
  }

  @Override
  void weights(float[] h, float[] to, int at, int step) {
    byRow.run(byColumn, h, rows * columns * count, to, at, step);
  }

  @Override
  void gradient(float[] from, int at, float[] dh) {
    int line = columns * count;
    int half = rows * line;
    for (int p = 0; p < POINTS; p++) {
      columnGradient.run(from, at + p * POINTS * count, dh, half + p * line, count);
    }
    rowGradient.run(dh, half, dh, 0, line);
  }
}
