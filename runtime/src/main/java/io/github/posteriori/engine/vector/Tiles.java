package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayList;
import java.util.List;

/** Cuts the channels of a layer into the heights of register tiles. */
final class Tiles {

  /**
   * Tile of channels of one group that are computed together.
   *
   * @param index of the tile among all
   * @param group it belongs to
   * @param first channel, counted through all groups
   * @param rows how many channels
   */
  record Tile(int index, int group, int first, int rows) {}

  private Tiles() {}

  /** Cuts {@code groups} groups of {@code channels} channels each. */
  static List<Tile> of(int groups, int channels) {
    List<Tile> tiles = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      for (int done = 0; done < channels; ) {
        int rows = Lanes.tile(channels - done);
        tiles.add(new Tile(tiles.size(), group, group * channels + done, rows));
        done += rows;
      }
    }
    return List.copyOf(tiles);
  }

  /** Returns the tile that a channel belongs to. */
  static Tile holding(int channel, List<Tile> tiles) {
    int index = 0;
    while (channel >= tiles.get(index).first() + tiles.get(index).rows()) {
      index++;
    }
    return tiles.get(index);
  }
}
