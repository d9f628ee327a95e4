package io.github.posteriori.engine.vector;

import io.github.posteriori.Shape;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.SamplingLoops;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/** y = the largest or the mean value of each window; the border never counts, or as zeros. */
final class PoolOperation implements Operation {
  private final int width;
  private final Shape.Image in;
  private final Shape.Image out;
  private final Window window;
  private final boolean isMax;
  private final Sweep sweep;
  private final float[] y;
  private final float[] taps;
  private float[] dx;

  PoolOperation(Block block, PoolLayer layer) {
    this.width = block.width();
    this.in = layer.input();
    this.out = layer.output();
    this.window = layer.window();
    this.isMax = layer.taken() == PoolLayer.Kind.MAX;
    this.sweep = new Sweep(in, out, window);
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
            SamplingLoops.largestTap(x, from, step, tap, y, to, taps, to, windows, width);
          } else {
            SamplingLoops.addScaled(x, from, step, share(), y, to, width, windows, width);
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
            SamplingLoops.addToTap(dy, taps, to, tap, dx, from, step, windows, width);
          } else {
            SamplingLoops.addScaled(dy, to, width, share(), dx, from, step, windows, width);
          }
        });
    return dx;
  }

  /** One tap of all windows of a row. */
  @FunctionalInterface
  private interface TapOfRow {
    void run(int from, int to, float tap, int windows);
  }

  private void forEachTap(TapOfRow action) {
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        Reach reach = sweep.rows(row);
        for (int i = 0; i < reach.count(); i++) {
          for (int column = 0; column < window.columns(); column++) {
            int first = sweep.first(column);
            int from = (channel * in.height() + reach.places()[i]) * in.width();
            int to = (channel * out.height() + row) * out.width() + first;
            action.run(
                Lanes.LEAD + (from + sweep.place(column, first)) * width,
                Lanes.LEAD + to * width,
                sweep.tap(reach.taps()[i], column),
                sweep.end(column) - first);
          }
        }
      }
    }
  }
}
