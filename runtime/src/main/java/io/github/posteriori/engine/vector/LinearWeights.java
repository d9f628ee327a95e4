package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the weights of a linear map y = op(x, W) + b, packed for the kernels, and the gradient by
 * them. All blocks of a batch share them.
 */
abstract sealed class LinearWeights
    permits AdjointWeights, DirectWeights, DepthwiseWeights, ToomCookWeights {
  private final LayerPlan plan;
  private final boolean areVariances;
  private final Geometry geometry;
  private final List<Tile> outputs;
  private final List<Tile> inputs;
  private final float[] bias;
  private final float[] biasGradient;
  private final List<float[]> biasShares = new ArrayList<>();

  /**
   * Reserves the memory.
   *
   * @param areVariances whether neither weights nor inputs are ever negative
   */
  LinearWeights(LayerPlan plan, boolean areVariances) {
    this(plan, plan.geometry(), areVariances);
  }

  /** Reserves the memory of a map of other sizes than the plan's. */
  LinearWeights(LayerPlan plan, Geometry geometry, boolean areVariances) {
    this.plan = plan;
    this.areVariances = areVariances;
    this.geometry = geometry;
    this.outputs =
        plan.forward() == Forward.PANEL || plan.forward() == Forward.WINOGRAD
            ? new PanelTiles(geometry.groups(), geometry.outputsOfGroup()).list()
            : Tiles.of(geometry.groups(), geometry.outputsOfGroup());
    this.inputs = Tiles.of(geometry.groups(), geometry.inputsOfGroup());
    this.bias = new float[geometry.output().channels() * Lanes.LENGTH];
    this.biasGradient = new float[geometry.output().channels()];
  }

  /**
   * Creates the weights of a map as its plan has them.
   *
   * @param areVariances whether neither weights nor inputs are ever negative
   */
  static LinearWeights of(LayerPlan plan, boolean areVariances) {
    if (plan.geometry().isAdjoint()) {
      return new AdjointWeights(plan, areVariances);
    }
    return switch (plan.forward()) {
      case DIRECT -> new DirectWeights(plan, areVariances);
      case PANEL -> new PanelWeights(plan, areVariances);
      case DEPTHWISE -> new DepthwiseWeights(plan, areVariances);
      case WINOGRAD -> new WinogradWeights(plan, areVariances);
      case KARATSUBA, TOOM_FOUR -> new ToomCookWeights(plan, areVariances);
    };
  }

  /** Creates the map on one block. */
  abstract LinearPass pass(LaneBlock block);

  final LayerPlan plan() {
    return plan;
  }

  /** Whether neither weights nor inputs are ever negative, so that results must not be. */
  final boolean areVariances() {
    return areVariances;
  }

  final Geometry geometry() {
    return geometry;
  }

  /** Output channels that are computed together. */
  final List<Tile> outputs() {
    return outputs;
  }

  /** The filters, rows of the tensor of the weights, that are packed together: those of outputs. */
  List<Tile> filters() {
    return outputs;
  }

  /** Weights of one filter. */
  int filterSize() {
    return geometry.fanIn();
  }

  /** Input channels whose gradients are computed together. */
  final List<Tile> inputs() {
    return inputs;
  }

  /** The biases, {@code [out, LENGTH]}, each in all lanes. */
  final float[] bias() {
    return bias;
  }

  /** Sets the bias of one output channel. */
  final void setBias(int output, float value) {
    Arrays.fill(bias, output * Lanes.LENGTH, (output + 1) * Lanes.LENGTH, value);
  }

  /** The gradient by the bias of block {@code index} of the batch: {@code [out]}. */
  final float[] biasShare(int index) {
    return biasShares.get(index);
  }

  /** Adds up the blocks' gradients by the bias: {@code [out]}. */
  final float[] collectBias(int blocks) {
    Arrays.fill(biasGradient, 0);
    for (int b = 0; b < blocks; b++) {
      add(biasShares.get(b), 0, biasGradient, biasGradient.length);
    }
    return biasGradient;
  }

  /** Adds {@code part[from + i]} to {@code sum[i]}. */
  static void add(float[] part, int from, float[] sum, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += part[from + i];
    }
  }

  /**
   * Packs a tile's outputs side by side: {@code target[at + t ROWS + m] = values[from + m fanIn + t
   * step]}.
   */
  final void interleave(
      Tile tile, float[] values, int from, int step, int count, float[] target, int at) {
    int fanIn = geometry.fanIn();
    if (tile.rows() == 6 && Lanes.ROWS == 6) {
      interleaveSix(values, from, step, fanIn, target, at, at + 6 * count);
      return;
    }
    for (int m = 0; m < tile.rows(); m++) {
      for (int t = 0; t < count; t++) {
        target[at + t * Lanes.ROWS + m] = values[from + m * fanIn + t * step];
      }
    }
  }

  private static void interleaveSix(
      float[] values, int from, int step, int fanIn, float[] target, int at, int end) {
    for (int i = from, o = at; o < end; i += step, o += 6) {
      target[o] = values[i];
      target[o + 1] = values[i + fanIn];
      target[o + 2] = values[i + 2 * fanIn];
      target[o + 3] = values[i + 3 * fanIn];
      target[o + 4] = values[i + 4 * fanIn];
      target[o + 5] = values[i + 5 * fanIn];
    }
  }

  /** Reserves memory for the gradients that the blocks of a batch leave. */
  void reserve(Partition partition) {
    while (biasShares.size() < partition.blocks()) {
      biasShares.add(new float[biasGradient.length]);
    }
  }

  /**
   * Packs the weights of a tile of {@link #filters()}.
   *
   * @param values {@code [tile's filters, filter size]}
   */
  abstract void set(Tile tile, float[] values, boolean forGradients, Scratch scratch);

  /** The number of independent parts of the gradient that are computed over the whole batch. */
  abstract int products();

  /** Computes one of the {@link #products} for {@code blocks} blocks. */
  abstract void multiply(int product, int blocks, Scratch scratch);

  /**
   * Collects the gradient by a tile's weights, after all {@link #products} were computed.
   *
   * @param target gets {@code [tile's filters, filter size]}
   */
  abstract void collect(Tile tile, int blocks, float[] target, Scratch scratch);
}
