package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.PanelGemm;

/**
 * Layout of the rows of a tile of outputs, {@code [tile rows, kept, columns, width]}: a ring buffer
 * of as many rows of each channel as a pooling window spans.
 *
 * @param kept rows of a channel
 * @param floats of a row
 */
record TileRows(int kept, int floats) {
  /** The most rows of a tile. */
  static final int MOST = Math.max(Lanes.ROWS, PanelGemm.ROWS);

  /** The number of floats of all rows. */
  int size() {
    return MOST * kept * floats;
  }

  /** The offset of a row of the tile's channel {@code m}. */
  int at(int m, int row) {
    return LEAD + (m * kept + row % kept) * floats;
  }
}
