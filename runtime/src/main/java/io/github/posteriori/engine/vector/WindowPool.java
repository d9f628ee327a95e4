package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.NoiseLoops;
import io.github.posteriori.engine.vector.kernel.PoolLoops;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/** Pools windows of any kind, tap by tap. */
final class WindowPool extends RowPool {
  private final Window window;
  private final float[] chosenEps;
  private final float[] chosenDeviations;

  WindowPool(PoolLayer pool, Shape.Image in, TileRows rows, int width) {
    super(pool, in, rows, width);
    this.window = pool.window();
    this.chosenEps = Lanes.array(out().width() * width);
    this.chosenDeviations = Lanes.array(out().width() * width);
  }

  /** Floats from a tap of one window to that of the next. */
  private int step() {
    return window.strideColumns() * width();
  }

  /** Floats to the first window of a row whose tap in this column is on the image. */
  private int first(int column) {
    return geometry().first(column) * width();
  }

  /** Floats to what the tap of that window reads. */
  private int shift(int column) {
    return geometry().place(column, geometry().first(column)) * width();
  }

  /** The number of windows of a row whose tap in this column is on the image. */
  private int windows(int column) {
    return geometry().end(column) - geometry().first(column);
  }

  @Override
  void largest(float[] values, int m, int row, float[] largest, float[] taps, int to) {
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    if (taps != null) {
      Arrays.fill(taps, to, to + out().width() * width(), 0);
    }
    TapRange range = geometry().rows(row);
    for (int i = 0; i < range.count(); i++) {
      int from = rows().at(m, range.places()[i]);
      for (int column = 0; column < window.columns(); column++) {
        int at = from + shift(column);
        int first = LEAD + first(column);
        if (taps == null) {
          PoolLoops.largest(values, at, step(), largest, first, windows(column), width());
        } else {
          PoolLoops.largestTap(
              values,
              at,
              step(),
              geometry().tap(range.taps()[i], column),
              largest,
              first,
              taps,
              to + first(column),
              windows(column),
              width());
        }
      }
    }
  }

  @Override
  void slopeByVariance(
      OutputNoise noise, Tile tile, int m, int row, float[] taps, float[] slope, int to) {
    TapRange range = geometry().rows(row);
    for (int i = 0; i < range.count(); i++) {
      int place = range.places()[i];
      for (int column = 0; column < window.columns(); column++) {
        float tap = geometry().tap(range.taps()[i], column);
        int noiseAt = noise.at(tile, m, place) + shift(column);
        choose(noise.eps(), noiseAt, tap, taps, to, chosenEps, column);
        int at = rows().at(m, place) + shift(column);
        choose(noise.deviations(), at, tap, taps, to, chosenDeviations, column);
      }
    }
    NoiseLoops.slopeByVariance(
        chosenEps, LEAD, chosenDeviations, LEAD, slope, to, out().width() * width());
  }

  /** Copies what a tap reads, for the windows whose argmax it is. */
  private void choose(
      float[] x, int from, float tap, float[] taps, int to, float[] chosen, int column) {
    int at = to + first(column);
    int first = LEAD + first(column);
    PoolLoops.choose(x, from, step(), tap, taps, at, chosen, first, windows(column), width());
  }

  @Override
  boolean covers() {
    return false;
  }

  @Override
  void scatter(float[] compact, float[] taps, int from, int tapRow, float[] dy, int to) {
    for (int column = 0; column < window.columns(); column++) {
      PoolLoops.addToTap(
          compact,
          taps,
          from + first(column),
          geometry().tap(tapRow, column),
          dy,
          to + shift(column),
          step(),
          windows(column),
          width());
    }
  }
}
