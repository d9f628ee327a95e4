package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.Optional;

/** One linear map on one block, without what surrounds it in a network. */
final class OneBlock {
  private final LinearWeights weights;
  private final Geometry geometry;
  private final LinearPass pass;
  private final int width;
  private final Scratch scratch = new Scratch();

  private OneBlock(LinearWeights weights, int width) {
    this.weights = weights;
    this.geometry = weights.geometry();
    this.width = width;
    weights.reserve(new Partition(width, width));
    LaneBlock block = new LaneBlock(width);
    block.set(0, 0, width, null, 1, Purpose.TRAINING);
    this.pass = weights.pass(block);
  }

  /** A map without a pool that goes forward in one way, whatever would be chosen. */
  static LayerPlan plan(Geometry geometry, Forward forward) {
    return new LayerPlan(geometry, Optional.empty(), forward, WeightGradient.BATCH_IN_LANES);
  }

  /**
   * A map with its weights, on a full block.
   *
   * @param factors {@code [out, in / groups, rows, columns]}
   */
  static OneBlock of(LinearWeights weights, float[] factors) {
    return of(weights, factors, Lanes.FULL);
  }

  /**
   * A map with its weights, on a block {@code width} images wide.
   *
   * @param factors {@code [out, in / groups, rows, columns]}
   */
  static OneBlock of(LinearWeights weights, float[] factors, int width) {
    OneBlock map = new OneBlock(weights, width);
    int fanIn = weights.geometry().fanIn();
    for (Tile tile : weights.outputs()) {
      float[] values = new float[tile.rows() * fanIn];
      System.arraycopy(factors, tile.first() * fanIn, values, 0, values.length);
      weights.set(tile, values, true, map.scratch);
    }
    return map;
  }

  /**
   * y = op(x, W).
   *
   * @param x {@code [in, pixels, width]} from {@link Lanes#LEAD} on
   * @return {@code [out, pixels, width]}
   */
  float[] forward(float[] x) {
    pass.forward(x);
    pass.rows(0, geometry.output().height());
    int row = geometry.output().width() * width;
    int plane = geometry.output().height() * row;
    float[] y = new float[geometry.output().channels() * plane];
    for (Tile tile : weights.outputs()) {
      for (int r = 0; r < geometry.output().height(); r++) {
        pass.row(tile, r, y, tile.first() * plane + r * row, plane);
      }
    }
    return y;
  }

  /**
   * dx = op_x(W, dy) from {@link Lanes#LEAD} on, as x.
   *
   * @param dy {@code [out, pixels, width]} from {@link Lanes#LEAD} on
   */
  float[] inputGradient(float[] x, float[] dy) {
    pass.startGradient(x);
    pass.addRows(dy, 0, geometry.output().height());
    pass.endGradient();
    float[] dx = Lanes.array(geometry.input().size() * width);
    pass.inputGradient(dy, dx);
    return dx;
  }

  /** dW = op_W(x, dy), after {@link #inputGradient}: {@code [out, in / groups, rows, columns]}. */
  float[] weightGradient() {
    for (int product = 0; product < weights.products(); product++) {
      weights.multiply(product, 1, scratch);
    }
    int fanIn = geometry.fanIn();
    float[] dw = new float[geometry.weights()];
    for (Tile tile : weights.outputs()) {
      float[] values = new float[tile.rows() * fanIn];
      weights.collect(tile, 1, values, scratch);
      System.arraycopy(values, 0, dw, tile.first() * fanIn, values.length);
    }
    return dw;
  }
}
