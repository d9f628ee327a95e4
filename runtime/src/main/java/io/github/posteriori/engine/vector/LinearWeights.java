package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a linear map y = op(x, W) + b, laid out for the kernels, and the gradient by them.
 * All blocks of a batch share them.
 *
 * <p>A few weights get their gradient block by block, with the images in the lanes; many by a
 * {@link BatchProduct}.
 */
final class LinearWeights {
  private final Geometry geometry;
  private final List<Tile> outputs;
  private final List<Tile> inputs;
  private final float[] tiled;
  private final float[] bias;
  private final float[] gradient;
  private final float[] biasGradient;
  private final List<Share> shares = new ArrayList<>();
  private final BatchProduct product;
  private final KaratsubaWeights karatsuba;
  private final float[] patches;

  /** What one block leaves for the gradient. */
  static final class Share {
    /** {@code [weights]}, where blocks have gradients of their own. */
    float[] weights;

    /** {@code [out]}. */
    float[] bias;
  }

  LinearWeights(Geometry geometry, boolean isPooled) {
    this.geometry = geometry;
    this.outputs = Tiles.of(geometry.groups(), geometry.outputsOfGroup());
    this.inputs = Tiles.of(geometry.groups(), geometry.inputsOfGroup());
    this.karatsuba =
        !isPooled && Karatsuba.pays(geometry) ? new KaratsubaWeights(geometry, outputs) : null;
    this.tiled =
        karatsuba != null ? null : new float[outputs.size() * geometry.fanIn() * Lanes.ROWS];
    this.bias = new float[geometry.output().channels() * Lanes.LENGTH];
    this.gradient = new float[geometry.weights()];
    this.biasGradient = new float[geometry.output().channels()];
    this.patches =
        isPooled
            ? Lanes.array(
                geometry.output().channels()
                    * geometry.window().rows()
                    * PooledBackward.registers(geometry)
                    * Lanes.LENGTH)
            : null;
    this.product =
        !isPooled && karatsuba == null && BatchProduct.pays(geometry)
            ? new BatchProduct(geometry)
            : null;
  }

  Geometry geometry() {
    return geometry;
  }

  /** Output channels as they are computed together. */
  List<Tile> outputs() {
    return outputs;
  }

  /** Input channels whose gradients are computed together. */
  List<Tile> inputs() {
    return inputs;
  }

  /** For each tile of outputs {@code [in / groups, rows, columns, ROWS]}. */
  float[] tiled() {
    return tiled;
  }

  /**
   * {@code [out, rows, registers]}: of each row of a filter's window all columns and, within them,
   * channels; for {@link PooledBackward} alone.
   */
  float[] patches() {
    return patches;
  }

  /** {@code [out, LENGTH]}, each number in all lanes. */
  float[] bias() {
    return bias;
  }

  /** {@code [out, in / groups, rows, columns]}. */
  float[] gradient() {
    return gradient;
  }

  /** {@code [out]}. */
  float[] biasGradient() {
    return biasGradient;
  }

  KaratsubaWeights karatsuba() {
    return karatsuba;
  }

  /** What computes the gradient over the whole batch, or null where each block has its own. */
  BatchProduct product() {
    return product;
  }

  /**
   * Takes over the weights of a tile.
   *
   * @param values {@code [tile's outputs, in / groups, rows, columns]}
   */
  void set(Tile tile, float[] values, boolean forGradients, Scratch scratch) {
    if (karatsuba != null) {
      karatsuba.set(tile, values, scratch);
      return;
    }
    interleave(tile, values);
    if (forGradients && patches != null) {
      setPatches(tile, values);
    }
  }

  private void setPatches(Tile tile, float[] values) {
    int channels = geometry.input().channels();
    int columns = geometry.window().columns();
    int run = PooledBackward.registers(geometry) * Lanes.LENGTH;
    int from = 0;
    for (int o = tile.first(); o < tile.first() + tile.rows(); o++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int row = 0; row < geometry.window().rows(); row++) {
          int at = Lanes.LEAD + (o * geometry.window().rows() + row) * run + channel;
          for (int column = 0; column < columns; column++) {
            patches[at + column * channels] = values[from++];
          }
        }
      }
    }
  }

  /** {@code tiled[tile, t, m] = values[m, t]}. */
  private void interleave(Tile tile, float[] values) {
    int fanIn = geometry.fanIn();
    int at = tile.index() * fanIn * Lanes.ROWS;
    if (tile.rows() == 6 && Lanes.ROWS == 6) {
      interleaveSix(values, fanIn, tiled, at);
      return;
    }
    for (int m = 0; m < tile.rows(); m++) {
      for (int t = 0; t < fanIn; t++) {
        tiled[at + t * Lanes.ROWS + m] = values[m * fanIn + t];
      }
    }
  }

  private static void interleaveSix(float[] values, int fanIn, float[] target, int at) {
    for (int t = 0; t < fanIn; t++) {
      int o = at + t * 6;
      target[o] = values[t];
      target[o + 1] = values[t + fanIn];
      target[o + 2] = values[t + 2 * fanIn];
      target[o + 3] = values[t + 3 * fanIn];
      target[o + 4] = values[t + 4 * fanIn];
      target[o + 5] = values[t + 5 * fanIn];
    }
  }

  /** Takes over the bias of one output channel. */
  void setBias(int output, float value) {
    Arrays.fill(bias, output * Lanes.LENGTH, (output + 1) * Lanes.LENGTH, value);
  }

  /** Makes room for what {@code blocks} blocks leave. */
  void reserve(Partition partition) {
    int blocks = partition.blocks();
    if (karatsuba != null) {
      karatsuba.reserve(partition.first(blocks - 1) + partition.width(blocks - 1));
    }
    while (shares.size() < blocks) {
      shares.add(new Share());
    }
    if (product != null) {
      product.reserve(blocks);
    }
  }

  /** What block {@code index} of the batch leaves. */
  Share share(int index) {
    return shares.get(index);
  }

  /** Parts of the product over the batch; 0 where there is none. */
  int products() {
    return karatsuba != null ? karatsuba.tasks() : product == null ? 0 : product.tasks();
  }

  /** Computes one of {@link #products} for so many blocks. */
  void multiply(int task, int blocks, Scratch scratch) {
    if (karatsuba != null) {
      karatsuba.run(task, scratch);
      return;
    }
    product.run(task, blocks, gradient, scratch);
  }

  /**
   * Adds up the blocks' shares of the weights' gradients in {@code [from, to)}, from the first
   * block to the last; does nothing where the batch has one together.
   */
  void collect(Tile tile, int blocks, int from, int to, Scratch scratch) {
    if (karatsuba != null) {
      karatsuba.hand(tile, gradient, scratch);
      return;
    }
    if (product == null) {
      System.arraycopy(shares.get(0).weights, from, gradient, from, to - from);
      for (int b = 1; b < blocks; b++) {
        add(shares.get(b).weights, gradient, from, to);
      }
    }
  }

  /** Adds up the biases' gradients. */
  void collectBias(int blocks) {
    System.arraycopy(shares.get(0).bias, 0, biasGradient, 0, biasGradient.length);
    for (int b = 1; b < blocks; b++) {
      add(shares.get(b).bias, biasGradient, 0, biasGradient.length);
    }
  }

  private static void add(float[] part, float[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += part[i];
    }
  }
}
