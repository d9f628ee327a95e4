package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.PoolLoops;
import io.github.posteriori.engine.vector.kernel.QuadLoops;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/** Pools windows by their largest value, without padding, where no affine layer does. */
final class MaxPoolOperation implements Operation {
  private final LaneBlock block;
  private final int width;
  private final Shape.Image in;
  private final Shape.Image out;
  private final Window window;
  private final PoolGeometry geometry;
  private final boolean isOfQuads;
  private final float[] y;
  private float[] taps;
  private float[] dx;

  MaxPoolOperation(LaneBlock block, PoolLayer layer) {
    this.block = block;
    this.width = block.width();
    this.in = layer.input();
    this.out = layer.output();
    this.window = layer.window();
    this.geometry = new PoolGeometry(in, out, window);
    this.isOfQuads = window.equals(LayerPlan.QUADS);
    this.y = Lanes.array(out.size() * width);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Notes which tap of its window each value was, where there is a way back.
   */
  @Override
  public void forward(float[] x, int sample, int samples) {
    boolean notes = block.purpose().keepsActivations();
    if (notes && taps == null) {
      taps = new float[y.length];
    }
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        if (isOfQuads) {
          largestOfQuads(x, channel, row, notes);
        } else {
          largest(x, channel, row, notes);
        }
      }
    }
  }

  private void largestOfQuads(float[] x, int channel, int row, boolean notes) {
    int upper = input(channel, 2 * row);
    int lower = input(channel, 2 * row + 1);
    int to = output(channel, row);
    if (notes) {
      QuadLoops.largestTap(x, upper, lower, y, to, taps, to, out.width(), width);
    } else {
      QuadLoops.largest(x, upper, lower, y, to, out.width(), width);
    }
  }

  private void largest(float[] x, int channel, int row, boolean notes) {
    int to = output(channel, row);
    Arrays.fill(y, to, to + out.width() * width, Float.NEGATIVE_INFINITY);
    if (notes) {
      Arrays.fill(taps, to, to + out.width() * width, 0);
    }
    int step = window.strideColumns() * width;
    TapRange range = geometry.rows(row);
    for (int i = 0; i < range.count(); i++) {
      for (int column = 0; column < window.columns(); column++) {
        int from = input(channel, range.places()[i]) + shift(column);
        int at = to + geometry.first(column) * width;
        if (notes) {
          float tap = geometry.tap(range.taps()[i], column);
          PoolLoops.largestTap(x, from, step, tap, y, at, taps, at, windows(column), width);
        } else {
          PoolLoops.largest(x, from, step, y, at, windows(column), width);
        }
      }
    }
  }

  /** The offset of an input row. */
  private int input(int channel, int row) {
    return LEAD + (channel * in.height() + row) * in.width() * width;
  }

  /** The offset of a row of windows. */
  private int output(int channel, int row) {
    return LEAD + (channel * out.height() + row) * out.width() * width;
  }

  /** Floats from the start of an input row to what a tap of the first window reads that has it. */
  private int shift(int column) {
    return geometry.place(column, geometry.first(column)) * width;
  }

  /** The number of windows of a row whose tap in this column is on the image. */
  private int windows(int column) {
    return geometry.end(column) - geometry.first(column);
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
    if (!isOfQuads || in.width() % 2 != 0 || in.height() % 2 != 0) {
      Arrays.fill(dx, 0);
    }
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        if (isOfQuads) {
          scatterQuads(dy, channel, row);
        } else {
          scatter(dy, channel, row);
        }
      }
    }
    return dx;
  }

  private void scatterQuads(float[] dy, int channel, int row) {
    int from = output(channel, row);
    QuadLoops.scatter(dy, taps, from, 0, dx, input(channel, 2 * row), out.width(), width);
    QuadLoops.scatter(dy, taps, from, 2, dx, input(channel, 2 * row + 1), out.width(), width);
  }

  private void scatter(float[] dy, int channel, int row) {
    int step = window.strideColumns() * width;
    TapRange range = geometry.rows(row);
    for (int i = 0; i < range.count(); i++) {
      for (int column = 0; column < window.columns(); column++) {
        int to = input(channel, range.places()[i]) + shift(column);
        int from = output(channel, row) + geometry.first(column) * width;
        float tap = geometry.tap(range.taps()[i], column);
        PoolLoops.addToTap(dy, taps, from, tap, dx, to, step, windows(column), width);
      }
    }
  }
}
