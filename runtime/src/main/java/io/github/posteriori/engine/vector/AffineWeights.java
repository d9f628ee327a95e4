package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.PosteriorTensor.Samples;
import io.github.posteriori.engine.vector.PosteriorTensor.Sampling;
import io.github.posteriori.engine.vector.PosteriorTensor.Use;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.noise.Noise;
import io.github.posteriori.noise.NoiseKey;

/**
 * Holds the weights of an affine layer for one step, shared by all blocks: one linear map, or under
 * local reparametrisation two, of means and of variances. Work on them is split into independent
 * tasks, one for each tile of filters and one for the biases.
 */
final class AffineWeights {
  private final AffineLayer layer;
  private final LayerPlan plan;
  private final LinearWeights mean;
  private final LinearWeights variance;
  private final PosteriorTensor weight;
  private final PosteriorTensor bias;
  private final boolean draws;

  /**
   * Lays out a layer's weights.
   *
   * @param plan of the layer
   */
  AffineWeights(AffineLayer layer, LayerPlan plan) {
    this.layer = layer;
    this.plan = plan;
    Sampling sampling =
        switch (layer.estimator()) {
          case LRT -> Sampling.OUTPUTS;
          case BBB -> Sampling.WEIGHTS;
          case POINT -> Sampling.NOTHING;
        };
    boolean isPosterior = layer.weight().posterior().isPresent();
    this.draws = isPosterior && sampling == Sampling.WEIGHTS;
    this.mean = LinearWeights.of(plan, false);
    this.weight = new PosteriorTensor(layer.weight(), sampling, mean.filterSize());
    this.bias =
        layer.bias().map(b -> new PosteriorTensor(b, sampling, b.location().size())).orElse(null);
    this.variance =
        isPosterior && sampling == Sampling.OUTPUTS ? LinearWeights.of(plan, true) : null;
  }

  AffineLayer layer() {
    return layer;
  }

  /** The algorithms that compute the layer. */
  LayerPlan plan() {
    return plan;
  }

  /** The sizes of the layer. */
  Geometry geometry() {
    return mean.geometry();
  }

  /** The map of means, or the only one. */
  LinearWeights mean() {
    return mean;
  }

  /** The map of variances, or null where outputs are not sampled. */
  LinearWeights variance() {
    return variance;
  }

  /** The weights' posterior. */
  PosteriorTensor weight() {
    return weight;
  }

  /** The biases' posterior, or null where there are none. */
  PosteriorTensor bias() {
    return bias;
  }

  boolean hasBias() {
    return bias != null;
  }

  /** Whether each posterior sample has weights of its own. */
  boolean draws() {
    return draws;
  }

  /** Whether the KL divergence is estimated at weights that are drawn. */
  boolean isEstimated() {
    return weight.isEstimated() || bias != null && bias.isEstimated();
  }

  /** The number of tasks of {@link #prepare} and of {@link #finish}. */
  int tasks() {
    return mean.filters().size() + 1;
  }

  /** Sums up the versions of the parameters, which tells whether one of them has changed. */
  long version() {
    return weight.version() + (bias == null ? 0 : bias.version());
  }

  /** Reads or draws a part of the weights and lays them out for the kernels. */
  void prepare(int task, NoiseKey key, Use use, Scratch scratch) {
    Noise noise = key.of(layer.divergenceDraw());
    if (task == mean.filters().size()) {
      prepareBias(use, noise, scratch);
    } else {
      prepare(mean.filters().get(task), use, noise, scratch);
    }
  }

  private void prepare(Tile tile, Use use, Noise noise, Scratch scratch) {
    int from = tile.first() * mean.filterSize();
    int to = from + tile.rows() * mean.filterSize();
    weight.prepare(from, to, use, noise, 0, scratch);
    if (use != Use.DIVERGENCE) {
      mean.set(tile, scratch.location(), use == Use.GRADIENTS, scratch);
      if (variance != null) {
        variance.set(tile, scratch.variance(), use == Use.GRADIENTS, scratch);
      }
    }
  }

  private void prepareBias(Use use, Noise noise, Scratch scratch) {
    if (bias == null) {
      return;
    }
    bias.prepare(0, bias.size(), use, noise, weight.size(), scratch);
    for (int o = 0; o < bias.size() && use != Use.DIVERGENCE; o++) {
      mean.setBias(o, scratch.location()[o]);
      if (variance != null) {
        variance.setBias(o, scratch.variance()[o]);
      }
    }
  }

  /** KL(q || p) of the layer, when all was prepared for a use that has it. */
  double kl() {
    return weight.kl() + (bias == null ? 0 : bias.kl());
  }

  /** Reserves memory for the gradients that the blocks of a batch leave. */
  void reserve(Partition partition) {
    mean.reserve(partition);
    if (variance != null) {
      variance.reserve(partition);
    }
  }

  /** Reserves memory for the sums of several samples in one step. */
  void reserveSums() {
    weight.reserveSums();
    if (bias != null) {
      bias.reserveSums();
    }
  }

  /**
   * Adds up the gradients that the blocks left for one sample and task, and passes them to the sink
   * after the last sample.
   */
  void finish(int task, int blocks, Samples which, GradientSink sink, Scratch scratch) {
    if (task == mean.filters().size()) {
      if (bias != null) {
        finishBias(blocks, which, sink, scratch);
      }
      return;
    }
    Tile tile = mean.filters().get(task);
    int from = tile.first() * mean.filterSize();
    int to = from + tile.rows() * mean.filterSize();
    scratch.reserve(to - from);
    mean.collect(tile, blocks, scratch.location(), scratch);
    if (variance != null) {
      variance.collect(tile, blocks, scratch.variance(), scratch);
    }
    weight.finish(from, to, which, sink, scratch);
  }

  private void finishBias(int blocks, Samples which, GradientSink sink, Scratch scratch) {
    int size = bias.size();
    scratch.reserve(size);
    System.arraycopy(mean.collectBias(blocks), 0, scratch.location(), 0, size);
    if (variance != null) {
      System.arraycopy(variance.collectBias(blocks), 0, scratch.variance(), 0, size);
    }
    bias.finish(0, size, which, sink, scratch);
  }
}
