package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.QuadLoops;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;

/** Pools windows of 2 x 2 pixels side by side, all four taps at once. */
final class QuadPool extends RowPool {
  QuadPool(PoolLayer pool, Shape.Image in, TileRows rows, int width) {
    super(pool, in, rows, width);
  }

  @Override
  void largest(float[] values, int m, int row, float[] largest, float[] taps, int to) {
    int upper = rows().at(m, 2 * row);
    int lower = rows().at(m, 2 * row + 1);
    int columns = out().width();
    if (taps == null) {
      QuadLoops.largest(values, upper, lower, largest, LEAD, columns, width());
    } else {
      QuadLoops.largestTap(values, upper, lower, largest, LEAD, taps, to, columns, width());
    }
  }

  @Override
  void slopeByVariance(
      OutputNoise noise, Tile tile, int m, int row, float[] taps, float[] slope, int to) {
    QuadLoops.slopeByVariance(
        noise.eps(),
        noise.at(tile, m, 2 * row),
        noise.at(tile, m, 2 * row + 1),
        noise.deviations(),
        rows().at(m, 2 * row),
        rows().at(m, 2 * row + 1),
        taps,
        slope,
        to,
        out().width(),
        width());
  }

  @Override
  boolean covers() {
    return in().width() == 2 * out().width();
  }

  @Override
  void scatter(float[] compact, float[] taps, int from, int tapRow, float[] dy, int to) {
    float tap = geometry().tap(tapRow, 0);
    QuadLoops.scatter(compact, taps, from, tap, dy, to, out().width(), width());
  }
}
