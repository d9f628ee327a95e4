package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.PanelGemm;
import java.util.ArrayList;
import java.util.List;

/**
 * Transformed filters of a convolution in one direction, {@code G g G'}, packed for {@link
 * PanelGemm}: for each product, for each tile of outputs, {@code [in / groups, tile rows]}.
 */
final class WinogradFilters {
  private final int inputs;
  private final int products;
  private final int outputs;
  private final List<Tile> tiles = new ArrayList<>();

  /** The tile that holds each output. */
  private final Tile[] tileOf;

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
    this.outputs = groups * outputs;
    this.tileOf = new Tile[this.outputs];
    for (int group = 0; group < groups; group++) {
      for (int done = 0; done < outputs; ) {
        int rows = PanelGemm.tile(outputs - done);
        Tile tile = new Tile(tiles.size(), group, group * outputs + done, rows);
        tiles.add(tile);
        for (int m = 0; m < rows; m++) {
          tileOf[tile.first() + m] = tile;
        }
        done += rows;
      }
    }
    this.packed = new float[products * this.outputs * inputs];
  }

  /** Outputs that are computed together. */
  List<Tile> tiles() {
    return tiles;
  }

  float[] packed() {
    return packed;
  }

  /** The offset of a product's filters of a tile. */
  int at(int product, Tile tile) {
    return (product * outputs + tile.first()) * inputs;
  }

  /**
   * Takes the transformed filter between an output and an input of its group.
   *
   * @param transformed has its products from {@code from} on, each {@code step} on
   */
  void set(int output, int input, float[] transformed, int from, int step) {
    Tile tile = tileOf[output];
    int to = at(0, tile) + input * tile.rows() + output - tile.first();
    int next = outputs * inputs;
    for (int p = 0; p < products; p++) {
      packed[to + p * next] = transformed[from + p * step];
    }
  }
}
