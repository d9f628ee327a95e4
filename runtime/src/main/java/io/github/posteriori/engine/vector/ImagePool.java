package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Pools the windows of one image, as {@link MaxPoolOperation} and {@link MeanPoolOperation} do
 * those of a block: first down each column of a row of windows, then along the row.
 */
final class ImagePool implements ImageOperation {
  private final Shape.Image in;
  private final Shape.Image out;
  private final Window window;
  private final boolean isMax;
  private final TapRange[] rows;
  private final float[] y;

  /** What the padding counts as: nothing. */
  private final float neutral;

  /** The largest value or the sum of each column, padding included. */
  private final float[] columns;

  ImagePool(PoolLayer layer) {
    this.in = layer.input();
    this.out = layer.output();
    this.window = layer.window();
    this.isMax = layer.taken() == PoolLayer.Kind.MAX;
    this.neutral = isMax ? Float.NEGATIVE_INFINITY : 0;
    this.rows =
        TapRange.forward(
            out.height(),
            in.height(),
            window.rows(),
            window.strideRows(),
            window.paddingRows(),
            window.dilationRows());
    this.y = ImageRun.array(out.size());
    this.columns = ImageRun.array(in.width() + 2 * window.paddingColumns());
  }

  @Override
  public float[] forward(float[] x, boolean isKnown) {
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        down(x, channel * in.height(), rows[row]);
        along((channel * out.height() + row) * out.width());
      }
    }
    return y;
  }

  private void down(float[] x, int firstRow, TapRange range) {
    int padding = window.paddingColumns();
    Arrays.fill(columns, neutral);
    for (int i = 0; i < range.count(); i++) {
      int from = (firstRow + range.places()[i]) * in.width();
      if (isMax) {
        Elementwise.max(x, from, columns, padding, in.width());
      } else {
        Elementwise.add(x, from, columns, padding, in.width());
      }
    }
    Arrays.fill(columns, padding + in.width(), columns.length, neutral);
  }

  private void along(int to) {
    Arrays.fill(y, to, to + out.width(), neutral);
    for (int tap = 0; tap < window.columns(); tap++) {
      int from = tap * window.dilationColumns();
      if (isMax) {
        largest(columns, from, window.strideColumns(), y, to, out.width());
      } else {
        addScaled(columns, from, window.strideColumns(), share(), y, to, out.width());
      }
    }
  }

  private float share() {
    return 1f / (window.rows() * window.columns());
  }

  private static void largest(float[] x, int from, int step, float[] y, int to, int windows) {
    for (int w = 0, i = from; w < windows; w++, i += step) {
      y[to + w] = Math.max(y[to + w], x[i]);
    }
  }

  private static void addScaled(
      float[] x, int from, int step, float share, float[] y, int to, int windows) {
    for (int w = 0, i = from; w < windows; w++, i += step) {
      y[to + w] = Math.fma(share, x[i], y[to + w]);
    }
  }
}
