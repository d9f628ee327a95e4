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
  private final float[] forward;
  private final float[] backward;
  private final float[] bias;
  private final float[] gradient;
  private final float[] biasGradient;
  private final List<Share> shares = new ArrayList<>();
  private final BatchProduct product;
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
    this.forward = new float[outputs.size() * geometry.fanIn() * Lanes.ROWS];
    this.backward = isPooled ? null : new float[inputs.size() * geometry.fanOut() * Lanes.ROWS];
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
    this.product = !isPooled && BatchProduct.pays(geometry) ? new BatchProduct(geometry) : null;
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

  /** For each tile of outputs {@code [fan-in, ROWS]}. */
  float[] forward() {
    return forward;
  }

  /** For each tile of inputs {@code [fan-out, ROWS]}; null beside {@link #patches}. */
  float[] backward() {
    return backward;
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

  /** What computes the gradient over the whole batch, or null where each block has its own. */
  BatchProduct product() {
    return product;
  }

  /**
   * Takes over the weights of a tile.
   *
   * @param values {@code [tile's outputs, in / groups, rows, columns]}
   */
  void set(Tile tile, float[] values, boolean forGradients) {
    int fanIn = geometry.fanIn();
    int at = tile.index() * fanIn * Lanes.ROWS;
    interleave(values, 0, fanIn, tile.rows(), fanIn, forward, at);
    if (forGradients && patches != null) {
      setPatches(tile, values);
    } else if (forGradients) {
      setBackward(tile, values);
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

  private void setBackward(Tile tile, float[] values) {
    int taps = geometry.taps();
    int firstOfGroup = tile.group() * geometry.outputsOfGroup();
    for (int n = 0; n < inputs.size(); n++) {
      Tile in = inputs.get(n);
      if (in.group() == tile.group()) {
        int channel = in.first() - in.group() * geometry.inputsOfGroup();
        int tileAt = in.index() * geometry.fanOut() * Lanes.ROWS;
        for (int m = 0; m < tile.rows(); m++) {
          int output = tile.first() + m;
          int at = tileAt + (output - firstOfGroup) * taps * Lanes.ROWS;
          if (taps == 1) {
            int from = m * geometry.fanIn() + channel;
            for (int i = 0; i < in.rows(); i++) {
              backward[at + i] = values[from + i];
            }
            continue;
          }
          int from = m * geometry.fanIn() + channel * taps;
          interleave(values, from, taps, in.rows(), taps, backward, at);
        }
      }
    }
  }

  /** {@code target[at + t ROWS + m] = values[from + m stride + t]}. */
  private static void interleave(
      float[] values, int from, int stride, int rows, int count, float[] target, int at) {
    if (rows == 6 && Lanes.ROWS == 6) {
      interleaveSix(values, from, stride, count, target, at);
      return;
    }
    for (int m = 0; m < rows; m++) {
      for (int t = 0; t < count; t++) {
        target[at + t * Lanes.ROWS + m] = values[from + m * stride + t];
      }
    }
  }

  private static void interleaveSix(
      float[] values, int from, int stride, int count, float[] target, int at) {
    for (int t = 0; t < count; t++) {
      int i = from + t;
      int o = at + t * 6;
      target[o] = values[i];
      target[o + 1] = values[i + stride];
      target[o + 2] = values[i + 2 * stride];
      target[o + 3] = values[i + 3 * stride];
      target[o + 4] = values[i + 4 * stride];
      target[o + 5] = values[i + 5 * stride];
    }
  }

  /** Takes over the bias of one output channel. */
  void setBias(int output, float value) {
    Arrays.fill(bias, output * Lanes.LENGTH, (output + 1) * Lanes.LENGTH, value);
  }

  /** Makes room for what {@code blocks} blocks leave. */
  void reserve(int blocks) {
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
    return product == null ? 0 : product.tasks();
  }

  /** Computes one of {@link #products} for so many blocks. */
  void multiply(int task, int blocks, Scratch scratch) {
    product.run(task, blocks, gradient, scratch);
  }

  /**
   * Adds up what blocks have of their own, from the first to the last: the biases' gradients, and
   * the weights' in {@code [from, to)} where the batch has none together.
   */
  void collect(int blocks, int from, int to) {
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
