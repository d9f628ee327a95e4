package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.PanelGemm;

/**
 * Filters of a convolution in one direction, packed for {@link PanelGemm}: for each phase of its
 * rows and columns, for each tile of outputs, {@code [in / groups, taps, tile rows]}.
 */
final class PanelFilters {
  private final Axis rows;
  private final Axis columns;
  private final int inputs;
  private final PanelTiles tiles;

  /** For each phase of the rows, for each of the columns. */
  private final float[][] packed;

  /**
   * Reserves the memory.
   *
   * @param inputs of a group
   * @param outputs of a group
   */
  PanelFilters(Axis rows, Axis columns, int groups, int inputs, int outputs) {
    this.rows = rows;
    this.columns = columns;
    this.inputs = inputs;
    this.tiles = new PanelTiles(groups, outputs);
    this.packed = new float[rows.phases() * columns.phases()][];
    for (int row = 0; row < rows.phases(); row++) {
      for (int column = 0; column < columns.phases(); column++) {
        int taps = rows.taps(row).length * columns.taps(column).length;
        packed[phase(row, column)] = new float[tiles.outputs() * inputs * taps];
      }
    }
  }

  Axis rows() {
    return rows;
  }

  Axis columns() {
    return columns;
  }

  /** Outputs that are computed together. */
  PanelTiles tiles() {
    return tiles;
  }

  /** Input channels of a group. */
  int inputs() {
    return inputs;
  }

  /** The index of a phase of rows and columns together. */
  int phase(int row, int column) {
    return row * columns.phases() + column;
  }

  /** The filters of a phase. */
  float[] packed(int phase) {
    return packed[phase];
  }

  /** The number of terms of an output of a phase. */
  int terms(int phase) {
    return packed[phase].length / tiles.outputs();
  }

  /**
   * Takes the filters of a tile forward, where there is one phase.
   *
   * @param values {@code [tile's outputs, in / groups, rows, columns]}
   */
  void set(Tile tile, float[] values) {
    int rows = tile.rows();
    int fanIn = terms(0);
    float[] target = packed[0];
    int to = tile.first() * fanIn;
    if (rows == 8) {
      for (int t = 0; t < fanIn; t++, to += 8) {
        target[to] = values[t];
        target[to + 1] = values[t + fanIn];
        target[to + 2] = values[t + 2 * fanIn];
        target[to + 3] = values[t + 3 * fanIn];
        target[to + 4] = values[t + 4 * fanIn];
        target[to + 5] = values[t + 5 * fanIn];
        target[to + 6] = values[t + 6 * fanIn];
        target[to + 7] = values[t + 7 * fanIn];
      }
      return;
    }
    for (int m = 0; m < rows; m++) {
      for (int t = 0; t < fanIn; t++) {
        target[to + t * rows + m] = values[t + m * fanIn];
      }
    }
  }

  /**
   * Takes the filters of a tile of the layer's outputs for the way back, where these are inputs.
   *
   * @param outputs the tile
   * @param first index of the tile's first output in its group
   * @param values {@code [tile's outputs, in / groups, rows, columns]} of the layer
   * @param taps of a filter
   * @param tapColumns of a filter
   */
  void setBack(Tile outputs, int first, float[] values, int taps, int tapColumns) {
    for (int row = 0; row < rows.phases(); row++) {
      for (int column = 0; column < columns.phases(); column++) {
        int[] tapsOfRow = rows.taps(row);
        int[] tapsOfColumn = columns.taps(column);
        int apart = tapsOfRow.length * tapsOfColumn.length;
        int term = first * apart;
        for (int r : tapsOfRow) {
          for (int c : tapsOfColumn) {
            setBack(phase(row, column), outputs, term++, apart, values, r * tapColumns + c, taps);
          }
        }
      }
    }
  }

  /** Takes one tap of a phase; the terms of neighbouring outputs are {@code apart}. */
  private void setBack(
      int phase, Tile outputs, int term, int apart, float[] values, int tap, int taps) {
    float[] target = packed[phase];
    int terms = terms(phase);
    int fanIn = tiles.outputsOfGroup() * taps;
    int v = tap;
    // All outputs of a tile at once, so that what they write lies together.
    for (int i = tiles.first(outputs.group()); i < tiles.end(outputs.group()); i++) {
      Tile tile = tiles.get(i);
      int rows = tile.rows();
      int to = tile.first() * terms + term * rows;
      for (int o = 0; o < outputs.rows(); o++, to += apart * rows) {
        int from = v + o * fanIn;
        for (int m = 0; m < rows; m++, from += taps) {
          target[to + m] = values[from];
        }
      }
      v += rows * taps;
    }
  }
}
