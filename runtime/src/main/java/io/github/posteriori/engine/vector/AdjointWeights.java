package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import java.util.List;

/**
 * Holds the weights of a transposed convolution as those of the convolution whose adjoint it is,
 * which computes all of its products: see {@link AdjointPass}.
 */
final class AdjointWeights extends LinearWeights {
  private final LinearWeights convolution;

  AdjointWeights(LayerPlan plan, boolean areVariances) {
    super(plan, plan.geometry().reversed(), areVariances);
    // Of variances, too, it gets gradients, which may be negative.
    this.convolution = LinearWeights.of(plan.ofConvolution(), false);
  }

  @Override
  LinearPass pass(LaneBlock block) {
    return new AdjointPass(this, convolution.pass(block), block);
  }

  @Override
  List<Tile> filters() {
    return convolution.filters();
  }

  @Override
  int filterSize() {
    return convolution.filterSize();
  }

  @Override
  void reserve(Partition partition) {
    super.reserve(partition);
    convolution.reserve(partition);
  }

  /** The outputs are what the convolution needs for gradients, in training or not. */
  @Override
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    convolution.set(tile, values, true, scratch);
  }

  @Override
  int products() {
    return convolution.products();
  }

  @Override
  void multiply(int product, int blocks, Scratch scratch) {
    convolution.multiply(product, blocks, scratch);
  }

  @Override
  void collect(Tile tile, int blocks, float[] target, Scratch scratch) {
    convolution.collect(tile, blocks, target, scratch);
  }
}
