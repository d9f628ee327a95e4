package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Window;
import java.util.Arrays;

/**
 * The outputs of a convolution that a max-pool chose, one for each window, and their gradients:
 * listed for one image at a time, channel by channel or pixel by pixel.
 */
final class ArgmaxOutputs {
  /** Stands for a pixel in the padding, which is the argmax where a window holds only NaN. */
  private static final int NONE = -1;

  private final int channels;
  private final int windows;
  private final int outputs;
  private final boolean hasVariance;

  /** For each window and each of its taps, the output's pixel, or {@link #NONE}. */
  private final int[][] pixelOfTap;

  // Of some images [images, out, windows].
  private final float[] gradients;
  private final float[] gradientsByVariance;
  private final float[] taps;

  private final int[] starts;
  private final int[] pixel;
  private final float[] value;
  private final float[] valueByVariance;

  private final int[] startsOfPixels;
  private final int[] channelOfPixel;
  private final float[] valueOfPixel;
  private final float[] valueByVarianceOfPixel;

  ArgmaxOutputs(Geometry geometry, PoolLayer pool, boolean hasVariance) {
    this.channels = geometry.output().channels();
    this.windows = windows(pool);
    this.outputs = channels * windows;
    this.hasVariance = hasVariance;
    this.pixelOfTap = pixels(geometry, pool);
    int ofVariance = hasVariance ? outputs : 0;
    this.gradients = new float[Images.TOGETHER * outputs];
    this.gradientsByVariance = new float[Images.TOGETHER * ofVariance];
    this.taps = new float[Images.TOGETHER * outputs];
    this.starts = new int[channels + 1];
    this.pixel = new int[outputs];
    this.value = new float[outputs];
    this.valueByVariance = new float[ofVariance];
    this.startsOfPixels = new int[geometry.outputPixels() + 1];
    this.channelOfPixel = new int[outputs];
    this.valueOfPixel = new float[outputs];
    this.valueByVarianceOfPixel = new float[ofVariance];
  }

  /** Windows of a channel. */
  static int windows(PoolLayer pool) {
    return pool.output().height() * pool.output().width();
  }

  private static int[][] pixels(Geometry geometry, PoolLayer pool) {
    Window taken = pool.window();
    int[][] all = new int[windows(pool)][taken.rows() * taken.columns()];
    for (int w = 0; w < all.length; w++) {
      for (int tap = 0; tap < all[w].length; tap++) {
        int row =
            w / pool.output().width() * taken.strideRows()
                - taken.paddingRows()
                + tap / taken.columns() * taken.dilationRows();
        int column =
            w % pool.output().width() * taken.strideColumns()
                - taken.paddingColumns()
                + tap % taken.columns() * taken.dilationColumns();
        boolean exists =
            row >= 0
                && row < geometry.output().height()
                && column >= 0
                && column < geometry.output().width();
        all[w][tap] = exists ? row * geometry.output().width() + column : NONE;
      }
    }
    return all;
  }

  /** Brings the gradients of the images in lanes {@code [from, to)} out of the lanes. */
  void take(OutputGradients byOutputs, int width, int from, int to) {
    turn(byOutputs.byMean(), width, from, to, gradients);
    turn(byOutputs.taps(), width, from, to, taps);
    if (hasVariance) {
      turn(byOutputs.byVariance(), width, from, to, gradientsByVariance);
    }
  }

  private void turn(float[] lanes, int width, int from, int to, float[] images) {
    for (int i = 0; i < outputs; i++) {
      int at = LEAD + i * width;
      for (int lane = from; lane < to; lane++) {
        images[(lane - from) * outputs + i] = lanes[at + lane];
      }
    }
  }

  /** Lists, channel by channel, the outputs that have a gradient, of one of the images taken. */
  void list(int image) {
    int count = 0;
    for (int i = 0; i < outputs; i++) {
      if (i % windows == 0) {
        starts[i / windows] = count;
      }
      int at = image * outputs + i;
      float gradient = gradients[at];
      int chosen = pixelOfTap[i % windows][(int) taps[at]];
      if (gradient != 0 && chosen != NONE) {
        pixel[count] = chosen;
        value[count] = gradient;
        if (hasVariance) {
          valueByVariance[count] = gradientsByVariance[at];
        }
        count++;
      }
    }
    starts[channels] = count;
  }

  /** Sorts the list by pixel, and within one by channel. */
  void listByPixel() {
    int count = starts[channels];
    Arrays.fill(startsOfPixels, 0);
    for (int e = 0; e < count; e++) {
      startsOfPixels[pixel[e]]++;
    }
    int end = 0;
    for (int p = 0; p < startsOfPixels.length; p++) {
      end += startsOfPixels[p];
      startsOfPixels[p] = end;
    }
    int channel = channels - 1;
    for (int e = count - 1; e >= 0; e--) {
      while (e < starts[channel]) {
        channel--;
      }
      int to = --startsOfPixels[pixel[e]];
      channelOfPixel[to] = channel;
      valueOfPixel[to] = value[e];
      if (hasVariance) {
        valueByVarianceOfPixel[to] = valueByVariance[e];
      }
    }
  }

  /** Listed outputs of all channels. */
  int count() {
    return starts[channels];
  }

  /** Where each channel's begin, and behind the last. */
  int[] starts() {
    return starts;
  }

  /** Their pixels, channel by channel. */
  int[] pixel() {
    return pixel;
  }

  /** Their gradients, channel by channel. */
  float[] value() {
    return value;
  }

  /** The gradients by their variances, channel by channel. */
  float[] valueByVariance() {
    return valueByVariance;
  }

  /** Where each pixel's begin, and behind the last. */
  int[] startsOfPixels() {
    return startsOfPixels;
  }

  /** Their channels, pixel by pixel. */
  int[] channelOfPixel() {
    return channelOfPixel;
  }

  /** Their gradients, pixel by pixel. */
  float[] valueOfPixel() {
    return valueOfPixel;
  }

  /** The gradients by their variances, pixel by pixel. */
  float[] valueByVarianceOfPixel() {
    return valueByVarianceOfPixel;
  }
}
