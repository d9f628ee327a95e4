package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.LEAD;
import static io.github.posteriori.engine.vector.Lanes.LENGTH;

import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * The way back through a convolution whose outputs a max-pool thinned out. Only the largest output
 * of each window has a gradient, a quarter of them or fewer, and which one that is differs from
 * image to image. So the images do not lie in the lanes here: each image's outputs are listed, and
 * the channels of the inputs that an output reads, neighbours in memory, lie in the lanes.
 *
 * <p>Of both maps under local reparametrisation; see {@link AffineOperation#backward}.
 */
final class PooledBackward {
  /** Windows of a channel below which loading and storing the sums takes longer than adding. */
  private static final int LEAST = 32;

  /** By how much the work must shrink for it to pay. */
  private static final double GAIN = 2.5;

  private final Block block;
  private final Geometry geometry;
  private final LinearWeights mean;
  private final LinearWeights variance;
  private final int width;
  private final int windows;
  private final int outputs;
  private final int columns;
  private final int imageFloats;

  /** For each window and each of its taps, the output's pixel. */
  private final int[][] pixels;

  /** For each pixel of an output, where the first of its inputs lies. */
  private final int[] places;

  // [images, rows with border, columns with border, channels].
  private float[] x;
  private float[] squares;
  private float[] dx;
  private float[] dxByVariance;

  // [out, window rows, registers of a run].
  private float[] sums;
  private float[] sumsByVariance;

  // Of some images [images, out, windows].
  private float[] gradients;
  private float[] gradientsByVariance;
  private float[] taps;

  // The listed outputs of one image, and where each channel's begin.
  private int[] starts;
  private int[] pixel;
  private int[] place;
  private float[] value;
  private float[] valueByVariance;

  // The same, pixel by pixel, and where each output's first weights lie.
  private int[] startsOfPixels;
  private int[] weights;
  private float[] valueOfPixel;
  private float[] valueByVarianceOfPixel;
  private float[] result;

  PooledBackward(Block block, AffineWeights weights, PoolLayer pool) {
    this.block = block;
    this.geometry = weights.geometry();
    this.mean = weights.mean();
    this.variance = weights.variance();
    this.width = block.width();
    this.windows = pool.output().height() * pool.output().width();
    this.outputs = geometry.output().channels() * windows;
    Window window = geometry.window();
    this.columns = geometry.input().width() + 2 * window.paddingColumns();
    this.imageFloats =
        columns
            * (geometry.input().height() + 2 * window.paddingRows())
            * geometry.input().channels();
    this.pixels = pixels(pool);
    this.places = places();
  }

  /** Whether the lists are shorter, by far, than all outputs. */
  static boolean pays(Geometry geometry, PoolLayer pool) {
    int windows = pool.output().height() * pool.output().width();
    if (geometry.groups() > 1 || geometry.window().dilationColumns() > 1 || windows < LEAST) {
      return false;
    }
    int run = run(geometry);
    double thinned = (double) geometry.outputPixels() / windows;
    return thinned * run / (registers(run) * LENGTH) >= GAIN;
  }

  /** Inputs that an output reads side by side: a row of its window, all channels. */
  private static int run(Geometry geometry) {
    return geometry.input().channels() * geometry.window().columns();
  }

  /** Registers of a run. */
  static int registers(Geometry geometry) {
    return registers(run(geometry));
  }

  private static int registers(int run) {
    return (run + LENGTH - 1) / LENGTH;
  }

  private int[][] pixels(PoolLayer pool) {
    Window taken = pool.window();
    int[][] all = new int[windows][taken.rows() * taken.columns()];
    for (int w = 0; w < windows; w++) {
      for (int tap = 0; tap < all[w].length; tap++) {
        int row =
            w / pool.output().width() * taken.strideRows()
                - taken.paddingRows()
                + tap / taken.columns() * taken.dilationRows();
        int column =
            w % pool.output().width() * taken.strideColumns()
                - taken.paddingColumns()
                + tap % taken.columns() * taken.dilationColumns();
        all[w][tap] = row * geometry.output().width() + column;
      }
    }
    return all;
  }

  private int[] places() {
    Window window = geometry.window();
    int[] all = new int[geometry.outputPixels()];
    for (int p = 0; p < all.length; p++) {
      int row = p / geometry.output().width() * window.strideRows();
      int column = p % geometry.output().width() * window.strideColumns();
      all[p] = (row * columns + column) * geometry.input().channels();
    }
    return all;
  }

  /**
   * Leaves the gradients by the weights.
   *
   * @param x what went in
   * @param end what followed, which knows the outputs' gradients
   * @return the gradient by x, or null where it is not wanted
   */
  float[] run(float[] x, StageEnd end, boolean wantsInput) {
    reserve();
    toImages(x);
    Arrays.fill(sums, 0);
    if (variance != null) {
      Elementwise.square(this.x, squares, squares.length - LEAD - LENGTH);
      Arrays.fill(sumsByVariance, 0);
    }
    if (wantsInput) {
      reserveInput();
    }
    for (int lane = 0; lane < block.count(); lane += Images.TOGETHER) {
      int to = Math.min(block.count(), lane + Images.TOGETHER);
      turn(end, lane, to);
      for (int image = lane; image < to; image++) {
        list(image, image - lane);
        addToWeights();
        if (wantsInput) {
          listByPixel();
          addToInput(image);
        }
      }
    }
    hand(mean, sums);
    if (variance != null) {
      hand(variance, sumsByVariance);
    }
    return wantsInput ? inputGradient(x) : null;
  }

  private void reserve() {
    if (x != null) {
      return;
    }
    int runs = geometry.output().channels() * geometry.window().rows();
    x = images();
    sums = Lanes.array(runs * registers(geometry) * LENGTH);
    starts = new int[geometry.output().channels() + 1];
    pixel = new int[outputs];
    place = new int[outputs];
    value = new float[outputs];
    gradients = new float[Images.TOGETHER * outputs];
    taps = new float[Images.TOGETHER * outputs];
    if (variance != null) {
      squares = images();
      sumsByVariance = Lanes.array(sums.length - LEAD);
      valueByVariance = new float[outputs];
      gradientsByVariance = new float[Images.TOGETHER * outputs];
    }
  }

  private void reserveInput() {
    if (dx == null) {
      dx = images();
      dxByVariance = variance == null ? null : images();
      startsOfPixels = new int[geometry.outputPixels() + 1];
      weights = new int[outputs];
      valueOfPixel = new float[outputs];
      valueByVarianceOfPixel = variance == null ? null : new float[outputs];
      result = Lanes.array(geometry.input().size() * width);
    }
    Arrays.fill(dx, 0);
    if (variance != null) {
      Arrays.fill(dxByVariance, 0);
    }
  }

  /** Runs may read and add zeros beyond the last image, hence some more registers. */
  private float[] images() {
    int whole = (imageFloats * width + LENGTH - 1) / LENGTH * LENGTH;
    return Lanes.array(whole + LENGTH);
  }

  private void toImages(float[] lanes) {
    for (int lane = 0; lane < block.count(); lane += Images.TOGETHER) {
      int to = Math.min(block.count(), lane + Images.TOGETHER);
      Images.fromLanes(geometry, lanes, width, lane, to, x, imageFloats);
    }
  }

  /** Brings some images' gradients out of the lanes: {@code [images, out, windows]}. */
  private void turn(StageEnd end, int from, int to) {
    turn(end.gradient(), from, to, gradients);
    turn(end.taps(), from, to, taps);
    if (variance != null) {
      turn(end.varianceGradient(), from, to, gradientsByVariance);
    }
  }

  private void turn(float[] lanes, int from, int to, float[] images) {
    for (int i = 0; i < outputs; i++) {
      int at = LEAD + i * width;
      for (int lane = from; lane < to; lane++) {
        images[(lane - from) * outputs + i] = lanes[at + lane];
      }
    }
  }

  /** Lists, channel by channel, the outputs of an image that have a gradient. */
  private void list(int image, int turned) {
    int count = 0;
    for (int i = 0; i < outputs; i++) {
      if (i % windows == 0) {
        starts[i / windows] = count;
      }
      int at = turned * outputs + i;
      float gradient = gradients[at];
      if (gradient != 0) {
        pixel[count] = pixels[i % windows][(int) taps[at]];
        place[count] = image * imageFloats + places[pixel[count]];
        value[count] = gradient;
        if (variance != null) {
          valueByVariance[count] = gradientsByVariance[at];
        }
        count++;
      }
    }
    starts[starts.length - 1] = count;
  }

  /** Sorts the list by pixel, and within one by channel. */
  private void listByPixel() {
    int perOutput = geometry.window().rows() * registers(geometry) * LENGTH;
    int count = starts[starts.length - 1];
    Arrays.fill(startsOfPixels, 0);
    for (int e = 0; e < count; e++) {
      startsOfPixels[pixel[e]]++;
    }
    int end = 0;
    for (int p = 0; p < startsOfPixels.length; p++) {
      end += startsOfPixels[p];
      startsOfPixels[p] = end;
    }
    int output = starts.length - 2;
    for (int e = count - 1; e >= 0; e--) {
      while (e < starts[output]) {
        output--;
      }
      int to = --startsOfPixels[pixel[e]];
      weights[to] = output * perOutput;
      valueOfPixel[to] = value[e];
      if (variance != null) {
        valueByVarianceOfPixel[to] = valueByVariance[e];
      }
    }
  }

  /** dW = sum over the listed outputs of x dy; one array of inputs after the other. */
  private void addToWeights() {
    addToWeights(value, x, sums);
    if (variance != null) {
      addToWeights(valueByVariance, squares, sumsByVariance);
    }
  }

  private void addToWeights(float[] dy, float[] x, float[] sums) {
    int registers = registers(geometry);
    int rows = geometry.window().rows();
    int perRow = registers * LENGTH;
    int rowStep = rowStep();
    for (int output = 0; output < starts.length - 1; output++) {
      int from = starts[output];
      int to = starts[output + 1];
      int w = LEAD + output * rows * perRow;
      for (int row = 0; row < rows && from < to; row++, w += perRow) {
        int in = LEAD + row * rowStep;
        for (int r = 0; r < registers; ) {
          int n = PatchProducts.registers(registers - r);
          PatchProducts.add(n, place, dy, from, to, x, in + r * LENGTH, sums, w + r * LENGTH);
          r += n;
        }
      }
    }
  }

  /** dx = sum over the listed outputs of W dy; a run of all weights stays in the nearest cache. */
  private void addToInput(int image) {
    addToInput(image, valueOfPixel, mean.patches(), dx);
    if (variance != null) {
      addToInput(image, valueByVarianceOfPixel, variance.patches(), dxByVariance);
    }
  }

  private void addToInput(int image, float[] dy, float[] patches, float[] dx) {
    int registers = registers(geometry);
    int rowStep = rowStep();
    for (int row = 0; row < geometry.window().rows(); row++) {
      int w = LEAD + row * registers * LENGTH;
      int in = LEAD + image * imageFloats + row * rowStep;
      for (int r = 0; r < registers; ) {
        int n = PatchProducts.registers(registers - r);
        int shift = r * LENGTH;
        for (int p = 0; p < places.length; p++) {
          int from = startsOfPixels[p];
          int to = startsOfPixels[p + 1];
          if (from < to) {
            int at = in + places[p] + shift;
            PatchProducts.add(n, weights, dy, from, to, patches, w + shift, dx, at);
          }
        }
        r += n;
      }
    }
  }

  /** From a row of an output's inputs to the next. */
  private int rowStep() {
    return geometry.window().dilationRows() * columns * geometry.input().channels();
  }

  /** Leaves the block's share of the gradient by the weights, in their own order. */
  private void hand(LinearWeights weights, float[] sums) {
    LinearWeights.Share share = weights.share(block.index());
    if (share.weights == null) {
      share.weights = new float[geometry.weights()];
    }
    int channels = geometry.input().channels();
    Window window = geometry.window();
    int at = 0;
    for (int output = 0; output < geometry.output().channels(); output++) {
      int runs = LEAD + output * window.rows() * registers(geometry) * LENGTH;
      for (int channel = 0; channel < channels; channel++) {
        for (int row = 0; row < window.rows(); row++) {
          int run = runs + row * registers(geometry) * LENGTH + channel;
          for (int column = 0; column < window.columns(); column++) {
            share.weights[at++] = sums[run + column * channels];
          }
        }
      }
    }
  }

  private float[] inputGradient(float[] lanes) {
    if (variance != null) {
      Elementwise.addTwice(x, dxByVariance, dx, dx.length - LEAD - LENGTH);
    }
    for (int lane = 0; lane < block.count(); lane += Images.TOGETHER) {
      int to = Math.min(block.count(), lane + Images.TOGETHER);
      Images.toLanes(geometry, dx, imageFloats, width, lane, to, result);
    }
    return result;
  }
}
