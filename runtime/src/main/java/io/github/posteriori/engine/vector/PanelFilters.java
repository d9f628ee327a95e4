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

  private final int[][] rowOf;
  private final int[][] columnOf;

  /**
   * Reserves the memory.
   *
   * @param inputs of a group
   * @param outputs of a group
   */
  PanelFilters(
      Axis rows, Axis columns, int tapRows, int tapColumns, int groups, int inputs, int outputs) {
    this.rows = rows;
    this.columns = columns;
    this.inputs = inputs;
    this.tiles = new PanelTiles(groups, outputs);
    this.rowOf = Axis.indices(rows, tapRows);
    this.columnOf = Axis.indices(columns, tapColumns);
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

  /** Takes a filter between an output and an input of its group: {@code [tap rows, columns]}. */
  void set(int output, int input, float[] values, int from) {
    Tile tile = tiles.of(output);
    int m = output - tile.first();
    int tap = from;
    for (int[] row : rowOf) {
      for (int[] column : columnOf) {
        if (row[0] >= 0 && column[0] >= 0) {
          int phase = phase(row[0], column[0]);
          int across = columns.taps(column[0]).length;
          int taps = rows.taps(row[0]).length * across;
          int term = input * taps + row[1] * across + column[1];
          packed[phase][tile.first() * terms(phase) + term * tile.rows() + m] = values[tap];
        }
        tap++;
      }
    }
  }
}
