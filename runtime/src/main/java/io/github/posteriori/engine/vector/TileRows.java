package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * Where the rows of the tile at work are: {@code [tile rows, kept, columns, width]}. Of each
 * channel there are the last rows, as many as a window needs; a row takes the place of one no
 * longer needed.
 *
 * @param floats of a row
 */
record TileRows(int kept, int floats) {
  /** Floats of all rows. */
  int size() {
    return Lanes.ROWS * kept * floats;
  }

  /** Where a row of the tile's channel {@code m} begins. */
  int at(int m, int row) {
    return LEAD + (m * kept + row % kept) * floats;
  }
}
