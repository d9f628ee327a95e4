package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.PanelGemm;

/**
 * Transformed filters of a convolution in one direction, {@code G g G'}, packed for {@link
 * PanelGemm}: for each product, for each tile of outputs, {@code [in / groups, tile rows]}.
 */
final class WinogradFilters {
  private final int inputs;
  private final int products;
  private final PanelTiles tiles;
  private final float[] packed;

  /**
   * Reserves the memory.
   *
   * @param products of a patch
   * @param inputs of a group
   * @param outputs of a group
   */
  WinogradFilters(int products, int groups, int inputs, int outputs) {
    this.inputs = inputs;
    this.products = products;
    this.tiles = new PanelTiles(groups, outputs);
    this.packed = new float[products * tiles.outputs() * inputs];
  }

  /** Outputs that are computed together. */
  PanelTiles tiles() {
    return tiles;
  }

  float[] packed() {
    return packed;
  }

  /** The offset of a product's filters of a tile. */
  int at(int product, Tile tile) {
    return (product * tiles.outputs() + tile.first()) * inputs;
  }

  /**
   * Takes transformed filters of some inputs of a tile of outputs.
   *
   * @param firstInput in their group
   * @param transformed {@code [products, count, tile rows]}, from {@code from} on, each product
   *     {@code step} on
   * @param count of these inputs
   */
  void set(Tile tile, int firstInput, int count, float[] transformed, int from, int step) {
    for (int p = 0; p < products; p++) {
      int to = at(p, tile) + firstInput * tile.rows();
      System.arraycopy(transformed, from + p * step, packed, to, count * tile.rows());
    }
  }
}
