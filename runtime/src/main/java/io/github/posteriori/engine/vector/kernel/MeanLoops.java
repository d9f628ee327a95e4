package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Takes the means of windows that do not overlap, and their gradients back, in one pass. A pixel
 * has {@code width} floats, and each lane is summed in the same order whatever that is.
 */
public final class MeanLoops {
  private MeanLoops() {}

  /** Computes y = share times the sum of some pixels. */
  public static void mean(
      float[] x, int from, int pixels, float share, float[] y, int to, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      meanOfLanes(x, from + lane, width, pixels, share, y, to + lane);
    }
  }

  /** Sums one register of each pixel; four sums do not wait for each other. */
  private static void meanOfLanes(
      float[] x, int from, int step, int pixels, float share, float[] y, int to) {
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    int whole = pixels - pixels % 4;
    for (int p = 0; p < whole; p += 4) {
      int i = from + p * step;
      sum0 = sum0.add(FloatVector.fromArray(FLOATS, x, i));
      sum1 = sum1.add(FloatVector.fromArray(FLOATS, x, i + step));
      sum2 = sum2.add(FloatVector.fromArray(FLOATS, x, i + 2 * step));
      sum3 = sum3.add(FloatVector.fromArray(FLOATS, x, i + 3 * step));
    }
    for (int p = whole; p < pixels; p++) {
      sum0 = sum0.add(FloatVector.fromArray(FLOATS, x, from + p * step));
    }
    sum0.add(sum1).add(sum2.add(sum3)).mul(share).intoArray(y, to);
  }

  /** Writes share times a gradient to some pixels. */
  public static void spread(
      float[] dy, int from, int pixels, float share, float[] dx, int to, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      spreadLanes(dy, from + lane, pixels, share, dx, to + lane, width);
    }
  }

  private static void spreadLanes(
      float[] dy, int from, int pixels, float share, float[] dx, int to, int step) {
    FloatVector gradient = FloatVector.fromArray(FLOATS, dy, from).mul(share);
    for (int p = 0; p < pixels; p++) {
      gradient.intoArray(dx, to + p * step);
    }
  }

  /** Computes the means of windows of 2 x 2 pixels of a pair of rows. */
  public static void meanOfQuads(
      float[] x, int upper, int lower, float[] y, int to, int windows, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = 2 * w * width + lane;
        FloatVector above =
            FloatVector.fromArray(FLOATS, x, upper + i)
                .add(FloatVector.fromArray(FLOATS, x, upper + i + width));
        FloatVector below =
            FloatVector.fromArray(FLOATS, x, lower + i)
                .add(FloatVector.fromArray(FLOATS, x, lower + i + width));
        above.add(below).mul(0.25f).intoArray(y, to + w * width + lane);
      }
    }
  }

  /** Writes a quarter of a gradient to the four pixels of each window of a pair of rows. */
  public static void spreadOverQuads(
      float[] dy, int from, int windows, float[] dx, int upper, int lower, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int o = 2 * w * width + lane;
        FloatVector gradient = FloatVector.fromArray(FLOATS, dy, from + w * width + lane);
        gradient = gradient.mul(0.25f);
        gradient.intoArray(dx, upper + o);
        gradient.intoArray(dx, upper + o + width);
        gradient.intoArray(dx, lower + o);
        gradient.intoArray(dx, lower + o + width);
      }
    }
  }
}
