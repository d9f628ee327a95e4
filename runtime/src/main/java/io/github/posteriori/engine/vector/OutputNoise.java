package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.LaneNoise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.NoiseLoops;
import io.github.posteriori.layers.Shape;

/**
 * Draws the outputs of a layer under local reparametrisation row by row:
 *
 * <pre>
 *   y = m + sqrt(v) eps        dy/dv = eps / (2 sqrt(v))
 * </pre>
 */
final class OutputNoise {
  /** Maximum number of pixels of an image whose noise is drawn for all rows at once. */
  private static final int SMALL = 16;

  private final LaneBlock block;
  private final int layer;
  private final Shape.Image image;
  private final int width;
  private final TileRows rows;
  private final LaneNoise noise;

  // Of the row at work: [tile rows, columns, width].
  private final float[] means;
  private final float[] variances;

  private final float[] eps;
  private final float[] deviations;
  private boolean isOfTile;

  /**
   * Creates the noise of one layer on one block.
   *
   * @param image of the linear map's output
   * @param rows layout of the outputs
   */
  OutputNoise(LaneBlock block, int layer, Shape.Image image, TileRows rows) {
    this.block = block;
    this.layer = layer;
    this.image = image;
    this.width = block.width();
    this.rows = rows;
    this.noise = new LaneNoise(width);
    this.means = Lanes.array(TileRows.MOST * rows.floats());
    this.variances = Lanes.array(TileRows.MOST * rows.floats());
    int noises =
        Math.max(TileRows.MOST * rows.kept() * (image.width() + 2), TileRows.MOST * SMALL + 2);
    this.eps = Lanes.array(noises * width);
    this.deviations = Lanes.array(rows.size());
  }

  /** The array to which the map of means writes a row, one output channel after the other. */
  float[] means() {
    return means;
  }

  /** The array to which the map of variances writes a row, laid out as the means. */
  float[] variances() {
    return variances;
  }

  /** Prepares for a block and its samples, of which {@code sample} is the first. */
  void start(int sample, int samples) {
    isOfTile = samples == 1 && image.height() * image.width() <= SMALL;
    if (samples == 1) {
      block.key(noise, layer, sample);
    }
  }

  /** Prepares for a tile. All noise of small images is drawn at once, to save calls. */
  void start(Tile tile) {
    if (isOfTile) {
      int first = element(tile.first(), 0);
      int count = tile.rows() * image.height() * image.width() + (first & 1);
      noise.normal(first / 2, (count + 1) / 2, eps, LEAD);
    }
  }

  /**
   * Draws a row of the tile's channels from its means and variances, for each sample.
   *
   * @param y gets the row, for each sample
   */
  void draw(Tile tile, int row, int firstSample, int samples, float[][] y) {
    for (int s = 0; s < samples; s++) {
      if (samples > 1) {
        block.key(noise, layer, firstSample + s);
      }
      for (int m = 0; m < tile.rows(); m++) {
        int from = LEAD + m * rows.floats();
        int noiseAt = at(tile, m, row);
        if (!isOfTile) {
          int element = element(tile.first() + m, row);
          int odd = element & 1;
          noise.normal(element / 2, (image.width() + odd + 1) / 2, eps, noiseAt - odd * width);
        }
        int to = rows.at(m, row);
        if (block.purpose().keepsActivations()) {
          NoiseLoops.sampleForTraining(
              means, variances, from, eps, noiseAt, y[s], deviations, to, rows.floats());
        } else {
          NoiseLoops.sample(means, variances, from, eps, noiseAt, y[s], to, rows.floats());
        }
      }
    }
  }

  private int element(int channel, int row) {
    return (channel * image.height() + row) * image.width();
  }

  /** eps, of the rows at work. */
  float[] eps() {
    return eps;
  }

  /** The offset of a row's noise. Noise comes in pairs, so a row may begin within one. */
  int at(Tile tile, int m, int row) {
    int element = element(tile.first() + m, row);
    if (isOfTile) {
      int first = element(tile.first(), 0);
      return LEAD + (element - first + (first & 1)) * width;
    }
    int slot = (m * rows.kept() + row % rows.kept()) * (rows.floats() + 2 * width);
    return LEAD + slot + (element & 1) * width;
  }

  /** sqrt(v) of the rows at work, in training. */
  float[] deviations() {
    return deviations;
  }

  /** Computes dy/dv of a row. */
  void slope(Tile tile, int m, int row, float[] slope, int to) {
    NoiseLoops.slopeByVariance(
        eps, at(tile, m, row), deviations, rows.at(m, row), slope, to, rows.floats());
  }
}
