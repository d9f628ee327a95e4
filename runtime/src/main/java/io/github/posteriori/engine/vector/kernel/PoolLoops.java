package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Pools the windows of a row by their largest value, tap by tap, and takes gradients back. */
public final class PoolLoops {
  private PoolLoops() {}

  /**
   * Computes best = max(best, x) for one tap of the windows of a row.
   *
   * @param step floats from one window's tap to the next window's
   * @param width floats of a window
   */
  public static void largest(
      float[] x, int from, int step, float[] best, int to, int windows, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = to + w * width + lane;
        FloatVector.fromArray(FLOATS, best, i)
            .max(FloatVector.fromArray(FLOATS, x, from + w * step + lane))
            .intoArray(best, i);
      }
    }
  }

  /** Computes {@link #largest}, and the tap that it was. */
  public static void largestTap(
      float[] x,
      int from,
      int step,
      float tap,
      float[] best,
      int to,
      float[] taps,
      int at,
      int windows,
      int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = w * width + lane;
        FloatVector a = FloatVector.fromArray(FLOATS, x, from + w * step + lane);
        VectorMask<Float> larger =
            a.compare(VectorOperators.GT, FloatVector.fromArray(FLOATS, best, to + i));
        FloatVector.fromArray(FLOATS, best, to + i).blend(a, larger).intoArray(best, to + i);
        FloatVector.fromArray(FLOATS, taps, at + i).blend(tap, larger).intoArray(taps, at + i);
      }
    }
  }

  /** Copies x to {@code chosen} where this tap was the largest. */
  public static void choose(
      float[] x,
      int from,
      int step,
      float tap,
      float[] taps,
      int at,
      float[] chosen,
      int to,
      int windows,
      int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = w * width + lane;
        VectorMask<Float> same =
            FloatVector.fromArray(FLOATS, taps, at + i).compare(VectorOperators.EQ, tap);
        FloatVector.fromArray(FLOATS, chosen, to + i)
            .blend(FloatVector.fromArray(FLOATS, x, from + w * step + lane), same)
            .intoArray(chosen, to + i);
      }
    }
  }

  /** Scatters gradients: dx += dy where this tap was the largest. */
  public static void addToTap(
      float[] dy,
      float[] taps,
      int from,
      float tap,
      float[] dx,
      int to,
      int step,
      int windows,
      int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int w = 0; w < windows; w++) {
        int i = from + w * width + lane;
        int o = to + w * step + lane;
        VectorMask<Float> same =
            FloatVector.fromArray(FLOATS, taps, i).compare(VectorOperators.EQ, tap);
        FloatVector.fromArray(FLOATS, dx, o)
            .add(FloatVector.fromArray(FLOATS, dy, i), same)
            .intoArray(dx, o);
      }
    }
  }
}
