package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.SparseAxpyKernel;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * Computes the gradients of a convolution along the argmax of the max-pool behind it. Only the
 * largest output of each window has a gradient, and which one that is differs from image to image.
 * So lanes hold channels here, not images: each image's argmax outputs are listed ({@link
 * ArgmaxOutputs}), and the channels of the inputs that an output reads are neighbours in memory. A
 * few images are processed at a time, so that they stay in the cache.
 *
 * <p>Serves both maps under local reparametrisation; see {@link AffineOperation#backward}.
 */
final class PooledBackward {
  private final LaneBlock block;
  private final PoolLayer pool;
  private final Geometry geometry;
  private final DirectWeights mean;
  private final DirectWeights variance;
  private final int width;
  private final int columns;
  private final int imageFloats;

  /** For each pixel of an output, the offset of its first input. */
  private final int[] places;

  // [images, padded rows, padded columns, channels], of x^2 one image.
  private float[] x;
  private float[] squares;
  private float[] dx;
  private float[] dxByVariance;

  // [out, window rows, registers of a run].
  private float[] sums;
  private float[] sumsByVariance;

  private ArgmaxOutputs argmax;

  // Of each listed output, where its first input lies; and its first weight, pixel by pixel.
  private int[] place;
  private int[] weights;
  private float[] result;

  PooledBackward(LaneBlock block, AffineWeights weights) {
    this.block = block;
    this.pool = weights.plan().pool().orElseThrow();
    this.geometry = weights.geometry();
    this.mean = (DirectWeights) weights.mean();
    this.variance = (DirectWeights) weights.variance();
    this.width = block.width();
    Window window = geometry.window();
    this.columns = geometry.input().width() + 2 * window.paddingColumns();
    this.imageFloats =
        columns
            * (geometry.input().height() + 2 * window.paddingRows())
            * geometry.input().channels();
    this.places = places();
  }

  /** Inputs that an output reads side by side: all channels of a row of its window. */
  static int run(Geometry geometry) {
    return geometry.input().channels() * geometry.window().columns();
  }

  /** Registers of a run. */
  static int registers(Geometry geometry) {
    return (run(geometry) + LENGTH - 1) / LENGTH;
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
   * Computes the gradients by the weights and by the input.
   *
   * @param x input of the layer
   * @param gradients by the outputs
   * @return the gradient by x, or null where that is not wanted
   */
  float[] run(float[] x, OutputGradients gradients, boolean wantsInput) {
    reserve(wantsInput);
    Arrays.fill(sums, 0);
    if (variance != null) {
      Arrays.fill(sumsByVariance, 0);
    }
    // Also lanes without an image: the gradient by theirs must be zero, not what was there before.
    for (int lane = 0; lane < width; lane += Images.TOGETHER) {
      int to = Math.min(width, lane + Images.TOGETHER);
      start(x, lane, to, wantsInput);
      argmax.take(gradients, width, lane, to);
      for (int image = 0; image < to - lane; image++) {
        argmax.list(image);
        addToWeights(image);
        if (wantsInput) {
          argmax.listByPixel();
          addToInput(image);
        }
      }
      if (wantsInput) {
        endInput(lane, to);
      }
    }
    hand(mean, sums);
    if (variance != null) {
      hand(variance, sumsByVariance);
    }
    return wantsInput ? result : null;
  }

  private void reserve(boolean wantsInput) {
    int outputs = geometry.output().channels() * ArgmaxOutputs.windows(pool);
    if (x == null) {
      int runs = geometry.output().channels() * geometry.window().rows();
      argmax = new ArgmaxOutputs(geometry, pool, variance != null);
      place = new int[outputs];
      x = images(Images.TOGETHER);
      sums = Lanes.array(runs * registers(geometry) * LENGTH);
      squares = variance == null ? null : images(1);
      sumsByVariance = variance == null ? null : Lanes.array(sums.length - LEAD);
    }
    if (wantsInput && dx == null) {
      weights = new int[outputs];
      dx = images(Images.TOGETHER);
      dxByVariance = variance == null ? null : images(Images.TOGETHER);
      result = Lanes.array(geometry.input().size() * width);
    }
  }

  /** Allocates images, and some more registers: runs may read and add zeros beyond the last. */
  private float[] images(int count) {
    int whole = (imageFloats * count + LENGTH - 1) / LENGTH * LENGTH;
    return Lanes.array(whole + LENGTH);
  }

  /** Takes some images out of the lanes, and clears their gradients. */
  private void start(float[] lanes, int from, int to, boolean wantsInput) {
    Images.fromLanes(geometry, lanes, width, from, to, x, imageFloats);
    if (wantsInput) {
      Arrays.fill(dx, 0);
      if (variance != null) {
        Arrays.fill(dxByVariance, 0);
      }
    }
  }

  /** Puts the gradients of these images into the lanes. */
  private void endInput(int from, int to) {
    if (variance != null) {
      Elementwise.addTwice(x, LEAD, dxByVariance, LEAD, dx, LEAD, dx.length - LEAD - LENGTH);
    }
    Images.toLanes(geometry, dx, imageFloats, width, from, to, result);
  }

  /** Adds dW = sum over the listed outputs of x dy, for means and then for variances. */
  private void addToWeights(int image) {
    int[] pixel = argmax.pixel();
    for (int e = 0; e < argmax.count(); e++) {
      place[e] = places[pixel[e]];
    }
    int first = LEAD + image * imageFloats;
    addToWeights(argmax.value(), x, first, sums);
    if (variance != null) {
      Elementwise.square(x, first, squares, LEAD, squares.length - LEAD - LENGTH);
      addToWeights(argmax.valueByVariance(), squares, LEAD, sumsByVariance);
    }
  }

  private void addToWeights(float[] dy, float[] x, int first, float[] sums) {
    int registers = registers(geometry);
    int rows = geometry.window().rows();
    int perRow = registers * LENGTH;
    int rowStep = rowStep();
    int[] starts = argmax.starts();
    for (int output = 0; output < starts.length - 1; output++) {
      int from = starts[output];
      int to = starts[output + 1];
      int w = LEAD + output * rows * perRow;
      for (int row = 0; row < rows && from < to; row++, w += perRow) {
        int in = first + row * rowStep;
        for (int r = 0; r < registers; ) {
          int n = SparseAxpyKernel.registers(registers - r);
          SparseAxpyKernel.add(n, place, dy, from, to, x, in + r * LENGTH, sums, w + r * LENGTH);
          r += n;
        }
      }
    }
  }

  /**
   * Adds dx = sum over the listed outputs of W dy. A run of all weights stays in the first-level
   * cache.
   */
  private void addToInput(int image) {
    int perOutput = geometry.window().rows() * registers(geometry) * LENGTH;
    int[] channel = argmax.channelOfPixel();
    for (int e = 0; e < argmax.count(); e++) {
      weights[e] = channel[e] * perOutput;
    }
    addToInput(image, argmax.valueOfPixel(), mean.patches(), dx);
    if (variance != null) {
      addToInput(image, argmax.valueByVarianceOfPixel(), variance.patches(), dxByVariance);
    }
  }

  private void addToInput(int image, float[] dy, float[] patches, float[] dx) {
    int registers = registers(geometry);
    int rowStep = rowStep();
    int[] startsOfPixels = argmax.startsOfPixels();
    for (int row = 0; row < geometry.window().rows(); row++) {
      int w = LEAD + row * registers * LENGTH;
      int in = LEAD + image * imageFloats + row * rowStep;
      for (int r = 0; r < registers; ) {
        int n = SparseAxpyKernel.registers(registers - r);
        int shift = r * LENGTH;
        for (int p = 0; p < places.length; p++) {
          int from = startsOfPixels[p];
          int to = startsOfPixels[p + 1];
          if (from < to) {
            int at = in + places[p] + shift;
            SparseAxpyKernel.add(n, weights, dy, from, to, patches, w + shift, dx, at);
          }
        }
        r += n;
      }
    }
  }

  /** Floats from a row of an output's inputs to the next. */
  private int rowStep() {
    return geometry.window().dilationRows() * columns * geometry.input().channels();
  }

  /** Writes the block's gradient in the order of the weights. */
  private void hand(DirectWeights weights, float[] sums) {
    float[] share = weights.share(block.index());
    int channels = geometry.input().channels();
    Window window = geometry.window();
    int at = 0;
    for (int output = 0; output < geometry.output().channels(); output++) {
      int runs = LEAD + output * window.rows() * registers(geometry) * LENGTH;
      for (int channel = 0; channel < channels; channel++) {
        for (int row = 0; row < window.rows(); row++) {
          int run = runs + row * registers(geometry) * LENGTH + channel;
          for (int column = 0; column < window.columns(); column++) {
            share[at++] = sums[run + column * channels];
          }
        }
      }
    }
  }
}
