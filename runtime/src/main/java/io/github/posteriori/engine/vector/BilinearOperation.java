package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.UpsampleLoops;
import io.github.posteriori.layers.LinearTaps;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import java.util.Arrays;

/**
 * Interpolates two rows, then each two neighbours in what results; on the way back adds a
 * gradient's shares to each of these in turn.
 */
final class BilinearOperation implements Operation {
  private final Shape.Image in;
  private final LinearTaps rows;
  private final LinearTaps columns;
  private final int width;
  private final float[] between;
  private final float[] y;
  private float[] dx;

  BilinearOperation(LaneBlock block, UpsampleLayer layer) {
    this.in = layer.input();
    this.rows = layer.rowTaps();
    this.columns = layer.columnTaps();
    this.width = block.width();
    this.between = Lanes.array(in.width() * width);
    this.y = Lanes.array(layer.output().size() * width);
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    int to = LEAD;
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < rows.outputs(); row++) {
        UpsampleLoops.mix(
            x,
            row(channel, rows.first()[row]),
            row(channel, rows.second(row)),
            rows.share()[row],
            between,
            LEAD,
            in.width() * width);
        for (int column = 0; column < columns.outputs(); column++, to += width) {
          UpsampleLoops.mix(
              between,
              LEAD + columns.first()[column] * width,
              LEAD + columns.second(column) * width,
              columns.share()[column],
              y,
              to,
              width);
        }
      }
    }
  }

  /** Where a row of the input begins. */
  private int row(int channel, int row) {
    return LEAD + (channel * in.height() + row) * in.width() * width;
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
    int from = LEAD;
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < rows.outputs(); row++) {
        Arrays.fill(between, 0);
        for (int column = 0; column < columns.outputs(); column++, from += width) {
          share(dy, from, columns, column, LEAD, between, width);
        }
        share(between, LEAD, rows, row, row(channel, 0), dx, in.width() * width);
      }
    }
    return dx;
  }

  /** Adds what an output hands on to both of its inputs, of {@code count} floats each. */
  private static void share(
      float[] gradient, int from, LinearTaps taps, int output, int to, float[] target, int count) {
    float share = taps.share()[output];
    int first = to + taps.first()[output] * count;
    UpsampleLoops.addShare(gradient, from, 1 - share, target, first, count);
    if (share > 0) {
      UpsampleLoops.addShare(gradient, from, share, target, first + count, count);
    }
  }
}
