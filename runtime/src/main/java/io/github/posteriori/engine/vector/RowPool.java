package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/** Max-pools the rows of a linear map, and scatters gradients back to the argmax. */
abstract sealed class RowPool permits QuadPool, WindowPool {
  private final Shape.Image in;
  private final Shape.Image out;
  private final TileRows rows;
  private final int width;
  private final PoolGeometry geometry;
  private final Window window;

  RowPool(PoolLayer pool, Shape.Image in, TileRows rows, int width) {
    this.in = in;
    this.rows = rows;
    this.out = pool.output();
    this.width = width;
    this.window = pool.window();
    this.geometry = new PoolGeometry(in, out, window);
  }

  /**
   * Creates the pool that a plan names, or null where there is none.
   *
   * @param rows layout of the layer's outputs
   */
  static RowPool of(LayerPlan plan, TileRows rows, int width) {
    PoolLayer pool = plan.pool().orElse(null);
    return switch (plan.pooling()) {
      case NONE -> null;
      case QUAD -> new QuadPool(pool, pool.input(), rows, width);
      case WINDOW -> new WindowPool(pool, pool.input(), rows, width);
    };
  }

  /** Rows that a window spans. */
  static int kept(PoolLayer pool) {
    return (pool.window().rows() - 1) * pool.window().dilationRows() + 1;
  }

  /** Whether the rows of windows neither overlap nor leave rows between them. */
  final boolean isTiling() {
    return window.rows() == window.strideRows()
        && window.paddingRows() == 0
        && window.dilationRows() == 1;
  }

  /** Rows from a window to the next below. */
  final int stride() {
    return window.strideRows();
  }

  final Shape.Image in() {
    return in;
  }

  final Shape.Image out() {
    return out;
  }

  /** The layout of the rows that it reads. */
  final TileRows rows() {
    return rows;
  }

  final int width() {
    return width;
  }

  final PoolGeometry geometry() {
    return geometry;
  }

  /** The last row that output row {@code row} needs; -1 if none. */
  final int lastRow(int row) {
    int[] places = geometry.rows(row).places();
    return places.length == 0 ? -1 : places[places.length - 1];
  }

  /**
   * Computes the largest values of an output row's windows.
   *
   * @param values rows of the tile
   * @param m which of the tile's channels
   * @param largest gets them, from {@link Lanes#LEAD} on
   * @param taps gets which tap of its window each was, from {@code to} on; or null
   */
  abstract void largest(float[] values, int m, int row, float[] largest, float[] taps, int to);

  /**
   * Computes the derivative of those values by their variances.
   *
   * @param taps from {@link #largest}
   * @param slope gets it, from {@code to} on
   */
  abstract void slopeByVariance(
      OutputNoise noise, Tile tile, int m, int row, float[] taps, float[] slope, int to);

  /** Scatters some rows of gradients over the windows: {@code [channels, rows, columns, width]}. */
  final void scatter(float[] compact, float[] taps, int firstRow, int rows, float[] dy) {
    int rowFloats = in.width() * width;
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int r = 0; r < rows; r++) {
        TapRange range = geometry.rowsBack(firstRow + r);
        int to = LEAD + (channel * rows + r) * rowFloats;
        if (!covers() || range.count() == 0) {
          Arrays.fill(dy, to, to + rowFloats, 0);
        }
        for (int i = 0; i < range.count(); i++) {
          int from = LEAD + (channel * out.height() + range.places()[i]) * out.width() * width;
          scatter(compact, taps, from, range.taps()[i], dy, to);
        }
      }
    }
  }

  /** Whether scattering a row of windows sets all of a row that they read, to zero or not. */
  abstract boolean covers();

  /** Scatters a row of windows into the row that one of their rows of taps reads. */
  abstract void scatter(float[] compact, float[] taps, int from, int tapRow, float[] dy, int to);
}
