package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.LEAD;

import io.github.posteriori.Shape;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.LaneNoise;
import java.util.Arrays;

/**
 * What follows a linear map in its stage, done row by row while the row is in the cache: noise,
 * max-pool, activation. All activations grow monotonically, so the largest value is taken first,
 * which leaves fewer to activate.
 */
final class StageEnd {
  /** Pixels of an image whose noise is made for all rows at once. */
  private static final int SMALL = 16;

  private final Block block;
  private final int width;
  private final int layer;
  private final Shape.Image in;
  private final Shape.Image out;
  private final ActivationLayer activation;
  private final Sweep sweep;
  private final Window window;
  private final boolean isQuads;
  private final int kept;
  private final LaneNoise noise;
  private boolean noiseOfTile;
  private boolean isReady;

  // Rows of the tile at work: [tile rows, kept rows, columns, width], for each sample.
  private float[][] ring = new float[0][];
  private float[] means;
  private float[] variances;
  private final float[] eps;
  private final float[] deviations;
  private final float[] largest;
  private final float[] chosenEps;
  private final float[] chosenDeviation;

  private float[][] outputs = new float[0][];
  private float[] slope;
  private float[] byVariance;
  private float[] taps;
  private float[] gradient;
  private float[] varianceGradient;

  /**
   * For one layer on one block.
   *
   * @param weights of the layer
   * @param pool of largest values, or null
   * @param activation or null
   */
  StageEnd(Block block, AffineWeights weights, PoolLayer pool, ActivationLayer activation) {
    this.block = block;
    this.width = block.width();
    this.layer = weights.layer().index();
    this.in = weights.geometry().output();
    this.activation = activation;
    this.window = pool == null ? Window.kernel(1, 1) : pool.window();
    this.out = pool == null ? in : pool.output();
    this.sweep = new Sweep(in, out, window);
    this.isQuads = pool != null && window.equals(Window.kernel(2, 2).stride(2, 2));
    this.kept = (window.rows() - 1) * window.dilationRows() + 1;
    this.noise = weights.variance() == null ? null : new LaneNoise(width);
    int ringSize = Lanes.ROWS * kept * rowFloats();
    int noises = Math.max(Lanes.ROWS * kept * (in.width() + 2), Lanes.ROWS * SMALL + 2);
    this.eps = noise == null ? null : Lanes.array(noises * width);
    this.deviations = noise == null ? null : Lanes.array(ringSize);
    if (noise != null) {
      means = Lanes.array(Lanes.ROWS * rowFloats());
      variances = Lanes.array(Lanes.ROWS * rowFloats());
    }
    int outRow = out.width() * width;
    this.largest = Lanes.array(outRow);
    this.chosenEps = Lanes.array(outRow);
    this.chosenDeviation = Lanes.array(outRow);
  }

  private boolean pools() {
    return out != in;
  }

  private int rowFloats() {
    return in.width() * width;
  }

  /** How many rows come out. */
  int rows() {
    return out.height();
  }

  /** The last row that output row {@code row} needs. */
  int lastRow(int row) {
    int[] places = sweep.rows(row).places();
    return places.length == 0 ? -1 : places[places.length - 1];
  }

  /** Prepares for a block and its samples, of which {@code sample} is the first. */
  void start(int sample, int samples) {
    this.noiseOfTile = samples == 1 && in.height() * in.width() <= SMALL;
    if (noise != null && samples == 1) {
      block.key(noise, layer, sample);
    }
    if (ring.length < samples) {
      int had = ring.length;
      ring = Arrays.copyOf(ring, samples);
      outputs = Arrays.copyOf(outputs, samples);
      for (int s = had; s < samples; s++) {
        ring[s] = Lanes.array(Lanes.ROWS * kept * rowFloats());
        outputs[s] = Lanes.array(out.size() * width);
      }
    }
    if (isTraining() && !isReady) {
      isReady = true;
      taps = pools() ? Lanes.array(out.size() * width) : null;
      slope = activation == null ? null : Lanes.array(out.size() * width);
      byVariance = noise == null ? null : Lanes.array(out.size() * width);
    }
  }

  private boolean isTraining() {
    return block.purpose() == Block.Purpose.TRAINING;
  }

  /**
   * Where the map of means leaves a row: {@link #meansAt}, one output channel every {@link
   * #meansStep}.
   */
  float[] means() {
    return noise == null ? ring[0] : means;
  }

  int meansAt(int row) {
    return LEAD + (noise == null ? row % kept * rowFloats() : 0);
  }

  int meansStep() {
    return noise == null ? kept * rowFloats() : rowFloats();
  }

  /** Where the map of variances leaves a row, laid out as the means. */
  float[] variances() {
    return variances;
  }

  /** Prepares for a tile: of small images all noise is made at once, to save calls. */
  void start(Tile tile) {
    if (noise != null && noiseOfTile) {
      int first = element(tile.first(), 0);
      int count = tile.rows() * in.height() * in.width() + (first & 1);
      noise.normal(first / 2, (count + 1) / 2, eps, LEAD);
    }
  }

  /** Draws a row of the tile's channels from its means and variances, for each sample. */
  void draw(Tile tile, int row, int firstSample, int samples) {
    for (int s = 0; s < samples; s++) {
      if (samples > 1) {
        block.key(noise, layer, firstSample + s);
      }
      for (int m = 0; m < tile.rows(); m++) {
        int from = LEAD + m * rowFloats();
        int noiseAt = noiseAt(tile, m, row);
        if (!noiseOfTile) {
          int element = element(tile.first() + m, row);
          int odd = element & 1;
          noise.normal(element / 2, (in.width() + odd + 1) / 2, eps, noiseAt - odd * width);
        }
        int to = ringAt(m, row);
        if (isTraining()) {
          SamplingLoops.sampleForTraining(
              means, variances, from, eps, noiseAt, ring[s], deviations, to, rowFloats());
        } else {
          SamplingLoops.sample(means, variances, from, eps, noiseAt, ring[s], to, rowFloats());
        }
      }
    }
  }

  private int element(int channel, int row) {
    return (channel * in.height() + row) * in.width();
  }

  private int ringAt(int m, int row) {
    return LEAD + (m * kept + row % kept) * rowFloats();
  }

  /** Where the noise of a row begins; noise comes in pairs, so a row may begin within one. */
  private int noiseAt(Tile tile, int m, int row) {
    int element = element(tile.first() + m, row);
    if (noiseOfTile) {
      int first = element(tile.first(), 0);
      return LEAD + (element - first + (first & 1)) * width;
    }
    int slot = (m * kept + row % kept) * (rowFloats() + 2 * width);
    return LEAD + slot + (element & 1) * width;
  }

  /** Pools and activates output row {@code row} of the tile's channels. */
  void emit(Tile tile, int row, int samples) {
    for (int s = 0; s < samples; s++) {
      for (int m = 0; m < tile.rows(); m++) {
        int channel = tile.first() + m;
        int to = LEAD + (channel * out.height() + row) * out.width() * width;
        float[] values = ring[s];
        int from = pools() ? LEAD : ringAt(m, row);
        if (pools()) {
          pool(s, m, row, to);
          values = largest;
        }
        if (isTraining() && noise != null) {
          slopeByVariance(tile, m, row, to);
        }
        if (activation == null) {
          System.arraycopy(values, from, outputs[s], to, out.width() * width);
        } else {
          ActivationLoops.run(
              activation.function(),
              values,
              from,
              outputs[s],
              isTraining() ? slope : null,
              to,
              out.width() * width);
        }
      }
    }
  }

  private void pool(int s, int m, int row, int to) {
    if (isQuads) {
      int upper = ringAt(m, 2 * row);
      int lower = ringAt(m, 2 * row + 1);
      if (isTraining()) {
        QuadLoops.largestTap(ring[s], upper, lower, largest, LEAD, taps, to, out.width(), width);
      } else {
        QuadLoops.largest(ring[s], upper, lower, largest, LEAD, out.width(), width);
      }
      return;
    }
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    if (isTraining()) {
      Arrays.fill(taps, to, to + out.width() * width, 0);
    }
    Reach reach = sweep.rows(row);
    for (int i = 0; i < reach.count(); i++) {
      int from = ringAt(m, reach.places()[i]);
      for (int column = 0; column < window.columns(); column++) {
        int first = sweep.first(column);
        int windows = sweep.end(column) - first;
        int at = from + sweep.place(column, first) * width;
        int step = window.strideColumns() * width;
        if (isTraining()) {
          SamplingLoops.largestTap(
              ring[s],
              at,
              step,
              sweep.tap(reach.taps()[i], column),
              largest,
              LEAD + first * width,
              taps,
              to + first * width,
              windows,
              width);
        } else {
          SamplingLoops.largest(ring[s], at, step, largest, LEAD + first * width, windows, width);
        }
      }
    }
  }

  private void slopeByVariance(Tile tile, int m, int row, int to) {
    if (!pools()) {
      SamplingLoops.slopeByVariance(
          eps, noiseAt(tile, m, row), deviations, ringAt(m, row), byVariance, to, rowFloats());
      return;
    }
    if (isQuads) {
      QuadLoops.slopeByVariance(
          eps,
          noiseAt(tile, m, 2 * row),
          noiseAt(tile, m, 2 * row + 1),
          deviations,
          ringAt(m, 2 * row),
          ringAt(m, 2 * row + 1),
          taps,
          byVariance,
          to,
          out.width(),
          width);
      return;
    }
    Reach reach = sweep.rows(row);
    for (int i = 0; i < reach.count(); i++) {
      int place = reach.places()[i];
      for (int column = 0; column < window.columns(); column++) {
        int first = sweep.first(column);
        int windows = sweep.end(column) - first;
        int shift = sweep.place(column, first) * width;
        int step = window.strideColumns() * width;
        float tap = sweep.tap(reach.taps()[i], column);
        SamplingLoops.choose(
            eps,
            noiseAt(tile, m, place) + shift,
            step,
            tap,
            taps,
            to + first * width,
            chosenEps,
            LEAD + first * width,
            windows,
            width);
        SamplingLoops.choose(
            deviations,
            ringAt(m, place) + shift,
            step,
            tap,
            taps,
            to + first * width,
            chosenDeviation,
            LEAD + first * width,
            windows,
            width);
      }
    }
    SamplingLoops.slopeByVariance(
        chosenEps, LEAD, chosenDeviation, LEAD, byVariance, to, out.width() * width);
  }

  float[] output(int index) {
    return outputs[index];
  }

  /** Takes the gradient by the output back to the largest values, and to their variances. */
  void back(float[] dy) {
    int count = out.size() * width;
    if (slope == null) {
      gradient = dy;
    } else {
      if (gradient == null) {
        gradient = Lanes.array(count);
      }
      Elementwise.multiply(dy, slope, gradient, count);
    }
    if (noise != null) {
      if (varianceGradient == null) {
        varianceGradient = Lanes.array(count);
      }
      Elementwise.multiply(gradient, byVariance, varianceGradient, count);
    }
  }

  /** Pixels of {@link #gradient} and {@link #varianceGradient} in a channel. */
  int pixels() {
    return out.height() * out.width();
  }

  /** The gradient by the largest values, before {@link #spread}. */
  float[] gradient() {
    return gradient;
  }

  /** The gradient by the variances of the largest values, before {@link #spread}. */
  float[] varianceGradient() {
    return varianceGradient;
  }

  /** Which tap of its window each largest value was. */
  float[] taps() {
    return taps;
  }

  /** Whether a gradient must be spread over the windows from which the largest value came. */
  boolean spreads() {
    return pools();
  }

  /** Spreads some rows: {@code [channels, rows, columns, width]}. */
  void spread(float[] compact, int firstRow, int rows, float[] dy) {
    boolean covers = isQuads && in.width() == 2 * out.width();
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int r = 0; r < rows; r++) {
        Reach reach = sweep.rowsBack(firstRow + r);
        int to = LEAD + (channel * rows + r) * rowFloats();
        if (!covers || reach.count() == 0) {
          Arrays.fill(dy, to, to + rowFloats(), 0);
        }
        for (int i = 0; i < reach.count(); i++) {
          int from = LEAD + (channel * out.height() + reach.places()[i]) * out.width() * width;
          spread(compact, from, reach.taps()[i], dy, to);
        }
      }
    }
  }

  /** Spreads a row of windows into the row that one of their rows of taps reads. */
  private void spread(float[] compact, int from, int tapRow, float[] dy, int to) {
    if (isQuads) {
      float tap = sweep.tap(tapRow, 0);
      QuadLoops.spread(compact, taps, from, tap, dy, to, out.width(), width);
      return;
    }
    for (int column = 0; column < window.columns(); column++) {
      int first = sweep.first(column);
      SamplingLoops.addToTap(
          compact,
          taps,
          from + first * width,
          sweep.tap(tapRow, column),
          dy,
          to + sweep.place(column, first) * width,
          window.strideColumns() * width,
          sweep.end(column) - first,
          width);
    }
  }
}
