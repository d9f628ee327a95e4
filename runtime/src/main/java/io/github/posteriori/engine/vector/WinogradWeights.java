package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * Holds weights that are transformed by {@link Winograd} for the way forward, and as they are for
 * the way back.
 */
final class WinogradWeights extends DirectWeights {
  private final boolean areVariances;
  private final Winograd algorithm;

  /** Floats of a tile of outputs for one product. */
  private final int tileSize;

  private final float[] packed;

  WinogradWeights(LayerPlan plan, boolean areVariances) {
    super(plan);
    this.areVariances = areVariances;
    Geometry geometry = plan.geometry();
    int registers = (geometry.inputsOfGroup() * Lanes.ROWS + Lanes.LENGTH - 1) / Lanes.LENGTH;
    this.tileSize = registers * Lanes.LENGTH;
    this.algorithm = new Winograd(geometry.window().rows(), tileSize);
    this.packed = new float[Winograd.PRODUCTS * outputs().size() * tileSize];
  }

  @Override
  LinearPass pass(LaneBlock block) {
    return new WinogradPass(this, block);
  }

  /** Whether neither weights nor inputs are ever negative, so that results must not be. */
  boolean areVariances() {
    return areVariances;
  }

  /**
   * The packed weights, {@code [PRODUCTS, tiles, in / groups, ROWS]}, each tile a whole number of
   * registers.
   */
  float[] packed() {
    return packed;
  }

  /** The offset of a product's weights of a tile. */
  int at(int product, int tile) {
    return (product * outputs().size() + tile) * tileSize;
  }

  @Override
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    if (forGradients) {
      super.set(tile, values, true, scratch);
    }
    int taps = geometry().taps();
    float[] h = scratch.sums(algorithm.workspace());
    for (int tap = 0; tap < taps; tap++) {
      interleave(tile, values, tap, taps, geometry().inputsOfGroup(), h, tap * tileSize);
    }
    algorithm.weights(h, packed, at(0, tile.index()), outputs().size() * tileSize);
  }
}
