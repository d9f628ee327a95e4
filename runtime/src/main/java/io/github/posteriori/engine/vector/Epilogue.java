package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Epilogue of a linear map: adds noise, pools and activates its outputs row by row while they are
 * in the cache. A max-pool that may come before the activation does, which leaves fewer values to
 * activate. Outputs that nothing changes are computed in their place.
 */
final class Epilogue implements OutputGradients {
  private final LaneBlock block;
  private final List<Tile> tiles;
  private final int width;
  private final Shape.Image out;
  private final TileRows tileRows;
  private final OutputNoise noise;
  private final RowPool pool;
  private final FixedNormalisation normalisation;
  private final ActivationLayer activation;

  /** Null where none are wanted, or rows do not fill whole registers of them. */
  private final ChannelMoments moments;

  // Rows of the tile at work, for each sample.
  private float[][] values = new float[0][];
  private final float[] largest;

  private float[][] outputs = new float[0][];
  private float[] slope;
  private float[] slopeByVariance;
  private float[] taps;
  private boolean isReady;
  private float[] gradient;
  private float[] varianceGradient;

  /**
   * Creates the epilogue of one layer on one block.
   *
   * @param weights of the layer, whose plan knows the max-pool behind it
   * @param norm the batch norm behind these outside training, or null
   * @param activation or null
   * @param moments of the outputs, to be gathered, or null
   */
  Epilogue(
      LaneBlock block,
      AffineWeights weights,
      BatchNormLayer norm,
      ActivationLayer activation,
      ChannelMoments moments) {
    LayerPlan plan = weights.plan();
    PoolLayer pool = plan.pool().orElse(null);
    this.block = block;
    this.tiles = weights.mean().outputs();
    this.width = block.width();
    Shape.Image in = weights.geometry().output();
    this.out = pool == null ? in : pool.output();
    this.tileRows = new TileRows(pool == null ? 1 : RowPool.kept(pool), in.width() * width);
    this.noise =
        weights.variance() == null
            ? null
            : new OutputNoise(block, weights.layer().index(), in, tileRows);
    this.pool = RowPool.of(plan, tileRows, width);
    this.normalisation = norm == null ? null : new FixedNormalisation(norm);
    this.activation = activation;
    int row = out.width() * width;
    this.moments = out.height() == 1 || ChannelMoments.takesRows(row) ? moments : null;
    this.largest = pool == null ? null : Lanes.array(out.width() * width);
  }

  /**
   * Computes the outputs from the rows of the linear maps, tile by tile.
   *
   * @param mean the map of means, or the only one
   * @param variance the map of variances, or null
   * @param sample the first of {@code samples} to draw
   */
  void forward(LinearPass mean, LinearPass variance, int sample, int samples) {
    start(sample, samples);
    int band = bandRows(mean);
    for (int first = 0; first < out.height(); first += band) {
      int end = Math.min(out.height(), first + band);
      int from = firstRow(first);
      int to = lastRow(end - 1) + 1;
      mean.rows(from, to - from);
      if (noise != null) {
        variance.rows(from, to - from);
      }
      for (int i = 0; i < tiles.size(); i++) {
        forward(mean, variance, tiles.get(i), first, end, sample, samples);
      }
    }
  }

  /** Computes the output rows in {@code [first, end)} of a tile. */
  private void forward(
      LinearPass mean,
      LinearPass variance,
      Tile tile,
      int first,
      int end,
      int sample,
      int samples) {
    if (noise != null) {
      noise.start(tile);
    }
    int next = firstRow(first);
    for (int row = first; row < end; row++) {
      for (; next <= lastRow(row); next++) {
        mean.row(tile, next, means(), meansAt(tile, next), meansStep());
        if (noise != null) {
          variance.row(tile, next, noise.variances(), meansAt(tile, next), meansStep());
          noise.draw(tile, next, sample, samples, values);
        }
      }
      emit(tile, row, samples);
    }
  }

  /**
   * The number of output rows for which the maps compute their own together: all, unless these fall
   * into bands that no window of the pool crosses.
   */
  private int bandRows(LinearPass mean) {
    if (pool == null) {
      return mean.rowsTogether();
    }
    return pool.isTiling() && mean.rowsTogether() % pool.stride() == 0
        ? mean.rowsTogether() / pool.stride()
        : out.height();
  }

  /** The first row of the maps that output row {@code row} needs, where bands begin. */
  private int firstRow(int row) {
    return pool == null ? row : row * pool.stride();
  }

  /** The last row that output row {@code row} needs; -1 if none. */
  private int lastRow(int row) {
    return pool == null ? row : pool.lastRow(row);
  }

  /** Prepares for a block and its samples, of which {@code sample} is the first. */
  private void start(int sample, int samples) {
    if (normalisation != null) {
      normalisation.read();
    }
    if (moments != null) {
      moments.clear();
    }
    if (noise != null) {
      noise.start(sample, samples);
    }
    if (values.length < samples) {
      int had = values.length;
      values = Arrays.copyOf(values, samples);
      outputs = Arrays.copyOf(outputs, samples);
      for (int s = had; s < samples; s++) {
        values[s] = Lanes.array(tileRows.size());
        outputs[s] = Lanes.array(out.size() * width);
      }
    }
    if (keepsActivations() && !isReady) {
      isReady = true;
      taps = pool == null ? null : Lanes.array(out.size() * width);
      slope =
          activation == null || !ActivationLoops.keepsSlope(activation.function())
              ? null
              : Lanes.array(out.size() * width);
      slopeByVariance = noise == null ? null : Lanes.array(out.size() * width);
    }
  }

  private boolean keepsActivations() {
    return block.purpose().keepsActivations();
  }

  /** Whether outputs are those of the one map, which nothing follows. */
  private boolean isInPlace() {
    return noise == null && pool == null && normalisation == null && activation == null;
  }

  /**
   * The array to which the map of means writes a row, from {@link #meansAt} on, one output channel
   * every {@link #meansStep}.
   */
  private float[] means() {
    return isInPlace() ? outputs[0] : noise == null ? values[0] : noise.means();
  }

  private int meansAt(Tile tile, int row) {
    if (isInPlace()) {
      return LEAD + (tile.first() * out.height() + row) * out.width() * width;
    }
    return noise == null ? tileRows.at(0, row) : LEAD;
  }

  private int meansStep() {
    if (isInPlace()) {
      return out.height() * out.width() * width;
    }
    return noise == null ? tileRows.kept() * tileRows.floats() : tileRows.floats();
  }

  /** Pools and activates output row {@code row} of the tile's channels. */
  private void emit(Tile tile, int row, int samples) {
    int count = out.width() * width;
    for (int s = 0; s < samples; s++) {
      for (int m = 0; m < tile.rows(); m++) {
        int to = LEAD + ((tile.first() + m) * out.height() + row) * count;
        float[] y = values[s];
        int from = tileRows.at(m, row);
        if (pool != null) {
          pool.largest(y, m, row, largest, keepsActivations() ? taps : null, to);
          y = largest;
          from = LEAD;
        }
        if (keepsActivations() && noise != null) {
          slopeByVariance(tile, m, row, to);
        }
        if (!isInPlace()) {
          activate(tile.first() + m, y, from, outputs[s], to, count);
        }
        if (moments != null) {
          moments.add(tile.first() + m, outputs[s], to, count);
        }
      }
    }
  }

  /** Normalises and activates a row of a channel. */
  private void activate(int channel, float[] x, int from, float[] y, int to, int count) {
    if (normalisation != null) {
      FixedNormalisation.run(
          x,
          from,
          normalisation.factor(channel),
          normalisation.offset(channel),
          activation,
          block,
          y,
          null,
          to,
          count);
    } else if (activation == null) {
      System.arraycopy(x, from, y, to, count);
    } else {
      float[] derivative = keepsActivations() ? slope : null;
      ActivationLoops.run(activation.function(), x, from, y, derivative, to, count);
    }
  }

  private void slopeByVariance(Tile tile, int m, int row, int to) {
    if (pool == null) {
      noise.slope(tile, m, row, slopeByVariance, to);
    } else {
      pool.slopeByVariance(noise, tile, m, row, taps, slopeByVariance, to);
    }
  }

  /** The output of the {@code index}th sample that {@link #forward} was asked for. */
  float[] output(int index) {
    return outputs[index];
  }

  /** Takes the gradient by the output back to the pooled means and variances. */
  OutputGradients backward(float[] dy) {
    int count = out.size() * width;
    gradient = dy;
    if (activation != null) {
      gradient = block.workspace(Workspace.POOLED_GRADIENT, count);
      ActivationLoops.back(activation.function(), dy, outputs[0], slope, gradient, LEAD, count);
    }
    if (noise != null) {
      varianceGradient = block.workspace(Workspace.POOLED_VARIANCE_GRADIENT, count);
      Elementwise.multiply(gradient, slopeByVariance, varianceGradient, count);
    }
    return this;
  }

  @Override
  public int windows() {
    return out.height() * out.width();
  }

  @Override
  public float[] byMean() {
    return gradient;
  }

  @Override
  public float[] byVariance() {
    return varianceGradient;
  }

  @Override
  public float[] taps() {
    return taps;
  }

  @Override
  public boolean isPooled() {
    return pool != null;
  }

  @Override
  public void scatter(int firstRow, int rows, float[] dy, float[] dv) {
    pool.scatter(gradient, taps, firstRow, rows, dy);
    if (dv != null) {
      pool.scatter(varianceGradient, taps, firstRow, rows, dv);
    }
  }
}
