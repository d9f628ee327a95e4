package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.UpsampleLoops;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import java.util.Arrays;

/** Repeats pixels, and sums the gradients of those that were one. */
final class UpsampleOperation implements Operation {
  private final UpsampleLayer layer;
  private final Shape.Image in;
  private final int width;
  private final float[] y;
  private float[] dx;

  UpsampleOperation(LaneBlock block, UpsampleLayer layer) {
    this.layer = layer;
    this.in = layer.input();
    this.width = block.width();
    this.y = Lanes.array(layer.output().size() * width);
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    int longRow = layer.columns() * in.width() * width;
    for (int row = 0; row < in.channels() * in.height(); row++) {
      int from = LEAD + row * in.width() * width;
      int to = LEAD + row * layer.rows() * longRow;
      UpsampleLoops.repeat(x, from, in.width(), layer.columns(), y, to, width);
      for (int copy = 1; copy < layer.rows(); copy++) {
        System.arraycopy(y, to, y, to + copy * longRow, longRow);
      }
    }
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
    int longRow = layer.columns() * in.width() * width;
    for (int row = 0; row < in.channels() * in.height(); row++) {
      int to = LEAD + row * in.width() * width;
      for (int copy = 0; copy < layer.rows(); copy++) {
        int from = LEAD + (row * layer.rows() + copy) * longRow;
        UpsampleLoops.addSums(dy, from, in.width(), layer.columns(), dx, to, width);
      }
    }
    return dx;
  }
}
