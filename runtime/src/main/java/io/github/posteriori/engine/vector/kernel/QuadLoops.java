package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Pools windows of 2 x 2 that do not overlap, all four taps at once: {@link PoolLoops} for the most
 * frequent pool.
 */
public final class QuadLoops {
  private QuadLoops() {}

  /** Computes the largest value of each window of a pair of rows. */
  public static void largest(
      float[] x, int upper, int lower, float[] best, int to, int windows, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = 2 * w * width + lane;
        FloatVector above =
            FloatVector.fromArray(FLOATS, x, upper + i)
                .max(FloatVector.fromArray(FLOATS, x, upper + i + width));
        FloatVector below =
            FloatVector.fromArray(FLOATS, x, lower + i)
                .max(FloatVector.fromArray(FLOATS, x, lower + i + width));
        above.max(below).intoArray(best, to + w * width + lane);
      }
    }
  }

  /** Computes {@link #largest}, and the tap that it was; the first of equal ones. */
  public static void largestTap(
      float[] x,
      int upper,
      int lower,
      float[] best,
      int to,
      float[] taps,
      int noted,
      int windows,
      int width) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector two = FloatVector.broadcast(FLOATS, 2f);
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = 2 * w * width + lane;
        int o = w * width + lane;
        FloatVector a = FloatVector.fromArray(FLOATS, x, upper + i);
        FloatVector b = FloatVector.fromArray(FLOATS, x, upper + i + width);
        FloatVector c = FloatVector.fromArray(FLOATS, x, lower + i);
        FloatVector d = FloatVector.fromArray(FLOATS, x, lower + i + width);
        VectorMask<Float> right = b.compare(VectorOperators.GT, a);
        FloatVector above = a.blend(b, right);
        FloatVector tapAbove = zero.blend(1f, right);
        VectorMask<Float> rightBelow = d.compare(VectorOperators.GT, c);
        FloatVector below = c.blend(d, rightBelow);
        FloatVector tapBelow = two.blend(3f, rightBelow);
        VectorMask<Float> lowest = below.compare(VectorOperators.GT, above);
        above.blend(below, lowest).intoArray(best, to + o);
        tapAbove.blend(tapBelow, lowest).intoArray(taps, noted + o);
      }
    }
  }

  /** Computes k = eps / (2 sqrt(v)) of the taps that were the largest. */
  public static void slopeByVariance(
      float[] eps,
      int epsUpper,
      int epsLower,
      float[] deviations,
      int upper,
      int lower,
      float[] taps,
      float[] k,
      int to,
      int windows,
      int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = 2 * w * width + lane;
        int o = to + w * width + lane;
        FloatVector tap = FloatVector.fromArray(FLOATS, taps, o);
        VectorMask<Float> second = tap.compare(VectorOperators.EQ, 1f);
        VectorMask<Float> third = tap.compare(VectorOperators.EQ, 2f);
        VectorMask<Float> fourth = tap.compare(VectorOperators.EQ, 3f);
        FloatVector e =
            FloatVector.fromArray(FLOATS, eps, epsUpper + i)
                .blend(FloatVector.fromArray(FLOATS, eps, epsUpper + i + width), second);
        e =
            e.blend(FloatVector.fromArray(FLOATS, eps, epsLower + i), third)
                .blend(FloatVector.fromArray(FLOATS, eps, epsLower + i + width), fourth);
        FloatVector s =
            FloatVector.fromArray(FLOATS, deviations, upper + i)
                .blend(FloatVector.fromArray(FLOATS, deviations, upper + i + width), second);
        s = s.blend(FloatVector.fromArray(FLOATS, deviations, lower + i), third);
        s = s.blend(FloatVector.fromArray(FLOATS, deviations, lower + i + width), fourth);
        e.mul(0.5f).div(s).intoArray(k, o);
      }
    }
  }

  /**
   * Scatters gradients into one row of each pair: dy where the largest tap is there, else 0.
   *
   * @param tap number of the row's left tap
   */
  public static void scatter(
      float[] dy, float[] taps, int from, float tap, float[] dx, int to, int windows, int width) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = from + w * width + lane;
        int o = to + 2 * w * width + lane;
        FloatVector gradient = FloatVector.fromArray(FLOATS, dy, i);
        FloatVector noted = FloatVector.fromArray(FLOATS, taps, i);
        zero.blend(gradient, noted.compare(VectorOperators.EQ, tap)).intoArray(dx, o);
        zero.blend(gradient, noted.compare(VectorOperators.EQ, tap + 1)).intoArray(dx, o + width);
      }
    }
  }
}
