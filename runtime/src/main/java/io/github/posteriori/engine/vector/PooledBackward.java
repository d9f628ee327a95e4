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
  /** Outputs that are listed together for one channel, at least, where a block has so many. */
  private static final int LIST = 64;

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
  private final int imagesOfList;
  private final int columns;
  private final int imageFloats;

  /** For each window and each of its taps, where the chosen output's first input lies. */
  private final int[][] places;

  // [images, rows with border, columns with border, channels].
  private float[] x;
  private float[] squares;
  private float[] dx;
  private float[] dxByVariance;

  // [out, window rows, registers of a run].
  private float[] sums;
  private float[] sumsByVariance;

  private int[] place;
  private float[] value;
  private float[] valueByVariance;
  private float[] result;

  PooledBackward(Block block, AffineWeights weights, PoolLayer pool) {
    this.block = block;
    this.geometry = weights.geometry();
    this.mean = weights.mean();
    this.variance = weights.variance();
    this.width = block.width();
    this.windows = pool.output().height() * pool.output().width();
    this.imagesOfList = Math.min(width, Math.max(1, LIST / windows));
    Window window = geometry.window();
    this.columns = geometry.input().width() + 2 * window.paddingColumns();
    this.imageFloats =
        columns
            * (geometry.input().height() + 2 * window.paddingRows())
            * geometry.input().channels();
    this.places = places(pool);
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

  private int[][] places(PoolLayer pool) {
    Window taken = pool.window();
    Window window = geometry.window();
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
        all[w][tap] =
            (row * window.strideRows() * columns + column * window.strideColumns())
                * geometry.input().channels();
      }
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
    for (int first = 0; first < block.count(); first += imagesOfList) {
      int end1 = Math.min(block.count(), first + imagesOfList);
      for (int output = 0; output < geometry.output().channels(); output++) {
        int count = list(end, output, first, end1);
        if (count > 0) {
          add(output, count, wantsInput);
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
    place = new int[imagesOfList * windows];
    value = new float[imagesOfList * windows];
    if (variance != null) {
      squares = images();
      sumsByVariance = Lanes.array(sums.length - LEAD);
      valueByVariance = new float[imagesOfList * windows];
    }
  }

  private void reserveInput() {
    if (dx == null) {
      dx = images();
      dxByVariance = variance == null ? null : images();
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

  /** Lists the outputs of a channel that have a gradient, for some images. */
  private int list(StageEnd end, int output, int first, int to) {
    float[] gradient = end.gradient();
    float[] byVariance = end.varianceGradient();
    float[] taps = end.taps();
    int count = 0;
    for (int w = 0; w < windows; w++) {
      int at = LEAD + (output * windows + w) * width;
      for (int lane = first; lane < to; lane++) {
        float g = gradient[at + lane];
        if (g != 0) {
          place[count] = lane * imageFloats + places[w][(int) taps[at + lane]];
          value[count] = g;
          if (variance != null) {
            valueByVariance[count] = byVariance[at + lane];
          }
          count++;
        }
      }
    }
    return count;
  }

  private void add(int output, int count, boolean wantsInput) {
    int registers = registers(geometry);
    Window window = geometry.window();
    for (int row = 0; row < window.rows(); row++) {
      int run = LEAD + (output * window.rows() + row) * registers * LENGTH;
      int shift = LEAD + row * window.dilationRows() * columns * geometry.input().channels();
      for (int r = 0; r < registers; ) {
        int together = PatchProducts.registers(registers - r);
        int at = run + r * LENGTH;
        int input = shift + r * LENGTH;
        PatchProducts.gather(together, place, value, 0, count, x, input, sums, at);
        if (wantsInput) {
          PatchProducts.scatter(together, place, value, 0, count, mean.patches(), at, dx, input);
        }
        if (variance != null) {
          PatchProducts.gather(
              together, place, valueByVariance, 0, count, squares, input, sumsByVariance, at);
          if (wantsInput) {
            PatchProducts.scatter(
                together,
                place,
                valueByVariance,
                0,
                count,
                variance.patches(),
                at,
                dxByVariance,
                input);
          }
        }
        r += together;
      }
    }
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
