package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/** Pools the windows of one image as {@link PoolOperation} does those of a block, tap by tap. */
final class ImagePool implements ImageOperation {
  private final Shape.Image in;
  private final Shape.Image out;
  private final Window window;
  private final boolean isMax;
  private final PoolGeometry geometry;
  private final float[] y;

  ImagePool(PoolLayer layer) {
    this.in = layer.input();
    this.out = layer.output();
    this.window = layer.window();
    this.isMax = layer.taken() == PoolLayer.Kind.MAX;
    this.geometry = new PoolGeometry(in, out, window);
    this.y = ImageRun.array(out.size());
  }

  @Override
  public float[] forward(float[] x, boolean isKnown) {
    Arrays.fill(y, isMax ? Float.NEGATIVE_INFINITY : 0);
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        TapRange range = geometry.rows(row);
        int to = (channel * out.height() + row) * out.width();
        for (int i = 0; i < range.count(); i++) {
          row(x, (channel * in.height() + range.places()[i]) * in.width(), to);
        }
      }
    }
    return y;
  }

  /** Takes in the taps of one row of the input. */
  private void row(float[] x, int from, int to) {
    float share = 1f / (window.rows() * window.columns());
    int step = window.strideColumns();
    for (int column = 0; column < window.columns(); column++) {
      int first = geometry.first(column);
      int at = from + geometry.place(column, first);
      int windows = geometry.end(column) - first;
      if (isMax) {
        largest(x, at, step, y, to + first, windows);
      } else {
        addScaled(x, at, step, share, y, to + first, windows);
      }
    }
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
