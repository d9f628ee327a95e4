package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a linear map y = op(x, W) + b, laid out for the kernels, and the gradient by them.
 * All blocks of a batch share them.
 *
 * <p>A few weights get their gradient block by block, with the images in the lanes. Where they are
 * many, the sums over lanes would cost more than the products: then the blocks keep x and, turned
 * so that the channels are in the lanes, dy; when all are done, the gradient is one matrix product
 * over the whole batch.
 */
final class LinearWeights {
  /** From so many input channels on, the gradient is one product over the whole batch. */
  private static final int MANY_CHANNELS = 16;

  /** Input channels of one task of the product over the batch. */
  private static final int CHANNELS_OF_TASK = 96;

  private final Geometry geometry;
  private final List<Tile> outputs;
  private final List<Tile> inputs;
  private final float[] forward;
  private final float[] backward;
  private final float[] bias;
  private final float[] gradient;
  private final float[] biasGradient;
  private final List<Share> shares = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();

  /** What one block leaves for the gradient. */
  static final class Share {
    /** {@code [weights]}, where blocks have gradients of their own. */
    float[] weights;

    /** {@code [out]}. */
    float[] bias;

    /** {@code [in, pixels, width]}, where the batch has one gradient. */
    float[] x;

    /** {@code [pixels, width, padded out]}. */
    float[] turned;

    int width;
  }

  /** A part of the gradient's matrix product: one tap, some outputs, some inputs. */
  private record Task(
      int row, int column, int firstOutput, int registers, int firstInput, int endInput) {}

  LinearWeights(Geometry geometry) {
    this.geometry = geometry;
    this.outputs = Tiles.of(geometry.groups(), geometry.outputsOfGroup());
    this.inputs = Tiles.of(geometry.groups(), geometry.inputsOfGroup());
    this.forward = new float[outputs.size() * geometry.fanIn() * Lanes.ROWS];
    this.backward = new float[inputs.size() * geometry.fanOut() * Lanes.ROWS];
    this.bias = new float[geometry.output().channels() * Lanes.LENGTH];
    this.gradient = new float[geometry.weights()];
    this.biasGradient = new float[geometry.output().channels()];
    if (isProductOverBatch()) {
      addTasks();
    }
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

  /** For each tile of inputs {@code [fan-out, ROWS]}. */
  float[] backward() {
    return backward;
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

  /** Whether the gradient is one product over the whole batch. */
  boolean isProductOverBatch() {
    return geometry.groups() == 1 && geometry.input().channels() >= MANY_CHANNELS;
  }

  /**
   * Takes over the weights of a tile.
   *
   * @param values {@code [out, in / groups, rows, columns]}, of which the tile's rows are read
   */
  void set(Tile tile, float[] values, boolean forGradients) {
    int fanIn = geometry.fanIn();
    int at = tile.index() * fanIn * Lanes.ROWS;
    for (int m = 0; m < tile.rows(); m++) {
      int row = (tile.first() + m) * fanIn;
      for (int t = 0; t < fanIn; t++) {
        forward[at + t * Lanes.ROWS + m] = values[row + t];
      }
    }
    if (forGradients) {
      setBackward(tile, values);
    }
  }

  private void setBackward(Tile tile, float[] values) {
    int taps = geometry.taps();
    int firstOfGroup = tile.group() * geometry.outputsOfGroup();
    for (Tile in : inputs) {
      if (in.group() == tile.group()) {
        int channel = in.first() - in.group() * geometry.inputsOfGroup();
        int tileAt = in.index() * geometry.fanOut() * Lanes.ROWS;
        for (int m = 0; m < tile.rows(); m++) {
          int output = tile.first() + m;
          int at = tileAt + (output - firstOfGroup) * taps * Lanes.ROWS;
          if (taps == 1) {
            int from = output * geometry.fanIn() + channel;
            for (int i = 0; i < in.rows(); i++) {
              backward[at + i] = values[from + i];
            }
            continue;
          }
          for (int i = 0; i < in.rows(); i++) {
            int from = output * geometry.fanIn() + (channel + i) * taps;
            for (int tap = 0; tap < taps; tap++) {
              backward[at + tap * Lanes.ROWS + i] = values[from + tap];
            }
          }
        }
      }
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
  }

  /** What block {@code index} of the batch leaves. */
  Share share(int index) {
    return shares.get(index);
  }

  /** {@code out}, rounded up to whole registers. */
  int paddedOutputs() {
    return registers() * Lanes.LENGTH;
  }

  /** Three registers take as long as four. */
  private int registers() {
    int needed = (geometry.output().channels() + Lanes.LENGTH - 1) / Lanes.LENGTH;
    return needed % Lanes.GROUPS == Lanes.GROUPS - 1 ? needed + 1 : needed;
  }

  private void addTasks() {
    for (int row = 0; row < geometry.window().rows(); row++) {
      for (int column = 0; column < geometry.window().columns(); column++) {
        for (int r = 0; r < registers(); ) {
          int together = registers() - r >= Lanes.GROUPS ? Lanes.GROUPS : 1;
          for (int i = 0; i < geometry.input().channels(); i += CHANNELS_OF_TASK) {
            int end = Math.min(geometry.input().channels(), i + CHANNELS_OF_TASK);
            tasks.add(new Task(row, column, r * Lanes.LENGTH, together, i, end));
          }
          r += together;
        }
      }
    }
  }

  /** Parts that the product over the batch falls into; none depends on another. */
  int tasks() {
    return tasks.size();
  }

  /**
   * Computes one part: for each weight, the sum over all images and pixels of x dy, block by block.
   *
   * @param blocks how many blocks the batch has
   * @param scratch of the worker
   */
  void run(int task, int blocks, Scratch scratch) {
    Task part = tasks.get(task);
    int wide = part.registers * Lanes.LENGTH;
    float[] sums = scratch.sums();
    for (int input = part.firstInput; input < part.endInput; ) {
      int rows = Lanes.tile(part.endInput - input);
      Arrays.fill(sums, 0, rows * wide, 0);
      for (int b = 0; b < blocks; b++) {
        add(part, rows, input, shares.get(b), scratch);
      }
      int taps = geometry.taps();
      int tap = part.row * geometry.window().columns() + part.column;
      int outputs = Math.min(wide, geometry.output().channels() - part.firstOutput);
      for (int o = 0; o < outputs; o++) {
        int at = (part.firstOutput + o) * geometry.fanIn() + input * taps + tap;
        for (int m = 0; m < rows; m++) {
          gradient[at + m * taps] = sums[m * wide + o];
        }
      }
      input += rows;
    }
  }

  private void add(Task part, int rows, int input, Share share, Scratch scratch) {
    int width = share.width;
    int padded = paddedOutputs();
    int plane = geometry.inputPixels() * width;
    int wide = part.registers * Lanes.LENGTH;
    float[] sums = scratch.sums();
    int[] images = scratch.images();
    int[] turnedImages = scratch.rows(padded);
    var window = geometry.window();
    for (int r = 0; r < geometry.output().height(); r++) {
      int y = r * window.strideRows() - window.paddingRows() + part.row * window.dilationRows();
      if (y < 0 || y >= geometry.input().height()) {
        continue;
      }
      for (int c = 0; c < geometry.output().width(); c++) {
        int x =
            c * window.strideColumns()
                - window.paddingColumns()
                + part.column * window.dilationColumns();
        if (x < 0 || x >= geometry.input().width()) {
          continue;
        }
        int w = Lanes.LEAD + input * plane + (y * geometry.input().width() + x) * width;
        int pixel = r * geometry.output().width() + c;
        int d = Lanes.LEAD + pixel * width * padded + part.firstOutput;
        if (part.registers == 1) {
          NarrowProducts.run(
              rows,
              sums,
              0,
              wide,
              share.x,
              w,
              plane,
              images,
              share.turned,
              d,
              turnedImages,
              0,
              width,
              sums,
              0,
              wide);
        } else {
          WideProducts.run(
              rows,
              sums,
              0,
              wide,
              Lanes.LENGTH,
              share.x,
              w,
              plane,
              images,
              share.turned,
              d,
              turnedImages,
              0,
              width,
              sums,
              0,
              wide);
        }
      }
    }
  }

  /**
   * Adds up what blocks have of their own, from the first to the last: the biases' gradients, and
   * the weights' in {@code [from, to)} where the batch has none together.
   */
  void collect(int blocks, int from, int to) {
    if (!isProductOverBatch()) {
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
