package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.PanelGemm;
import java.util.ArrayList;
import java.util.List;

/** Output channels cut into the tiles of {@link PanelGemm}, group by group. */
final class PanelTiles {
  private final List<Tile> tiles = new ArrayList<>();
  private final Tile[] ofOutput;
  private final int outputsOfGroup;

  /**
   * Cuts the channels.
   *
   * @param outputs of a group
   */
  PanelTiles(int groups, int outputs) {
    this.outputsOfGroup = outputs;
    this.ofOutput = new Tile[groups * outputs];
    for (int group = 0; group < groups; group++) {
      for (int done = 0; done < outputs; ) {
        int rows = PanelGemm.tile(outputs - done);
        Tile tile = new Tile(tiles.size(), group, group * outputs + done, rows);
        tiles.add(tile);
        for (int m = 0; m < rows; m++) {
          ofOutput[tile.first() + m] = tile;
        }
        done += rows;
      }
    }
  }

  /** The number of all outputs. */
  int outputs() {
    return ofOutput.length;
  }

  /** The number of outputs of a group. */
  int outputsOfGroup() {
    return outputsOfGroup;
  }

  /** The first tile of a group. */
  int first(int group) {
    return ofOutput[group * outputsOfGroup].index();
  }

  /** The tile behind the last of a group. */
  int end(int group) {
    return ofOutput[(group + 1) * outputsOfGroup - 1].index() + 1;
  }

  List<Tile> list() {
    return tiles;
  }

  int count() {
    return tiles.size();
  }

  Tile get(int index) {
    return tiles.get(index);
  }

  /** The tile that an output belongs to. */
  Tile of(int output) {
    return ofOutput[output];
  }
}
