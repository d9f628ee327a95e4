package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * Computes a {@link GroupMap} row by row. Under one of its channels, the pixels of a row and the
 * images of a block are one long vector, and a tap is a distance on it.
 */
abstract sealed class RowFilter permits ThreeColumnFilter, StridedColumnFilter, HeldRowFilter {
  /** The sums of a target channel that are none of a weight's. */
  static final int SPARE = 3;

  /**
   * Creates the filter that fits a map on a block.
   *
   * @param squares whether it filters the squares of its source
   */
  static RowFilter of(GroupMap map, LaneBlock block, boolean squares) {
    boolean isNarrow = block.width() == Lanes.LENGTH;
    if (isNarrow && map.hasThreeColumns(1)) {
      return new ThreeColumnFilter(map, block, squares);
    }
    if (isNarrow && map.hasThreeColumns(2) && map.isOfThreeRows()) {
      return new StridedColumnFilter(map, block, squares);
    }
    return new HeldRowFilter(map, block, squares);
  }

  /** Takes the source: {@code [channels, pixels, width]}. */
  abstract void start(float[] source);

  /**
   * Computes a row of a target channel. A sum's terms are added in the same order for blocks of any
   * width.
   *
   * @param weights {@code [out, in / groups, rows, columns]}
   * @param y gets {@code [columns, width]} from {@code at} on
   */
  abstract void row(int channel, int row, float[] weights, float bias, float[] y, int at);

  /**
   * Adds the products of the source and a row of the gradient by a target channel, lane by lane, to
   * the sums of its weights. For the map forward.
   *
   * @param dy {@code [columns, width]} from {@code from} on
   * @param sums {@code [in / groups, rows, columns, LENGTH]} from {@code at} on, and {@link #SPARE}
   *     registers
   */
  abstract void addProducts(int channel, int row, float[] dy, int from, float[] sums, int at);
}
