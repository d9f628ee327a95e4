package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;

/** Holds the weights of a map in many groups as they are. */
final class DepthwiseWeights extends LinearWeights {
  private final float[] factors;
  private final BlockShares shares;

  DepthwiseWeights(LayerPlan plan, boolean areVariances) {
    super(plan, areVariances);
    this.factors = new float[plan.geometry().weights()];
    this.shares = new BlockShares(factors.length);
  }

  @Override
  LinearPass pass(LaneBlock block) {
    return new DepthwisePass(this, block);
  }

  /** The weights: {@code [out, in / groups, rows, columns]}. */
  float[] factors() {
    return factors;
  }

  @Override
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    int fanIn = geometry().fanIn();
    System.arraycopy(values, 0, factors, tile.first() * fanIn, tile.rows() * fanIn);
  }

  @Override
  void reserve(Partition partition) {
    super.reserve(partition);
    shares.reserve(partition.blocks());
  }

  /**
   * The gradient of block {@code index} of the batch: {@code [out, in / groups, rows, columns]}.
   */
  float[] share(int index) {
    return shares.of(index);
  }

  @Override
  int products() {
    return 0;
  }

  @Override
  void multiply(int product, int blocks, Scratch scratch) {
    throw new IllegalArgumentException("found product " + product + ", expected none");
  }

  @Override
  void collect(Tile tile, int blocks, float[] target, Scratch scratch) {
    int fanIn = geometry().fanIn();
    shares.collect(tile.first() * fanIn, tile.rows() * fanIn, blocks, target);
  }
}
