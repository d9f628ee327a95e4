package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.PoolLoops;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Pools windows by their largest value, without padding, or by their mean, with padding as zeros.
 */
final class PoolOperation implements Operation {
  private final int width;
  private final Shape.Image in;
  private final Shape.Image out;
  private final Window window;
  private final boolean isMax;
  private final PoolGeometry geometry;
  private final float[] y;
  private final float[] taps;
  private float[] dx;

  PoolOperation(LaneBlock block, PoolLayer layer) {
    this.width = block.width();
    this.in = layer.input();
    this.out = layer.output();
    this.window = layer.window();
    this.isMax = layer.taken() == PoolLayer.Kind.MAX;
    this.geometry = new PoolGeometry(in, out, window);
    this.y = Lanes.array(out.size() * width);
    this.taps = isMax ? new float[y.length] : null;
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    Arrays.fill(y, isMax ? Float.NEGATIVE_INFINITY : 0);
    if (isMax) {
      Arrays.fill(taps, 0);
    }
    forEachTap(
        (from, to, tap, windows) -> {
          int step = window.strideColumns() * width;
          if (isMax) {
            PoolLoops.largestTap(x, from, step, tap, y, to, taps, to, windows, width);
          } else {
            PoolLoops.addScaled(x, from, step, share(), y, to, width, windows, width);
          }
        });
  }

  private float share() {
    return 1f / (window.rows() * window.columns());
  }

  @Override
  public float[] output(int index) {
    return y;
  }

  @Override
  public float[] backward(float[] dy, boolean wantsInput) {
    if (dx == null) {
      dx = Lanes.array(in.size() * width);
    }
    Arrays.fill(dx, 0);
    forEachTap(
        (from, to, tap, windows) -> {
          int step = window.strideColumns() * width;
          if (isMax) {
            PoolLoops.addToTap(dy, taps, to, tap, dx, from, step, windows, width);
          } else {
            PoolLoops.addScaled(dy, to, width, share(), dx, from, step, windows, width);
          }
        });
    return dx;
  }

  /** Action on one tap of all windows of a row. */
  @FunctionalInterface
  private interface TapOfRow {
    void run(int from, int to, float tap, int windows);
  }

  private void forEachTap(TapOfRow action) {
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        TapRange range = geometry.rows(row);
        for (int i = 0; i < range.count(); i++) {
          for (int column = 0; column < window.columns(); column++) {
            int first = geometry.first(column);
            int from = (channel * in.height() + range.places()[i]) * in.width();
            int to = (channel * out.height() + row) * out.width() + first;
            action.run(
                Lanes.LEAD + (from + geometry.place(column, first)) * width,
                Lanes.LEAD + to * width,
                geometry.tap(range.taps()[i], column),
                geometry.end(column) - first);
          }
        }
      }
    }
  }
}
