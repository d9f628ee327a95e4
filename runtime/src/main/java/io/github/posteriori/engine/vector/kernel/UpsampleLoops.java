package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Repeats the pixels of a row and sums repeated ones, or interpolates; a pixel is {@code width}
 * floats.
 */
public final class UpsampleLoops {
  private UpsampleLoops() {}

  /** Writes each of {@code pixels} pixels {@code times} times. */
  public static void repeat(
      float[] x, int from, int pixels, int times, float[] y, int to, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      int i = to + lane;
      for (int p = 0; p < pixels; p++) {
        FloatVector pixel = FloatVector.fromArray(FLOATS, x, from + p * width + lane);
        for (int t = 0; t < times; t++, i += width) {
          pixel.intoArray(y, i);
        }
      }
    }
  }

  /** Computes {@code y = (1 - share) a + share b}. */
  public static void mix(float[] x, int a, int b, float share, float[] y, int to, int count) {
    FloatVector ofSecond = FloatVector.broadcast(FLOATS, share);
    float ofFirst = 1 - share;
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector first = FloatVector.fromArray(FLOATS, x, a + i).mul(ofFirst);
      FloatVector.fromArray(FLOATS, x, b + i).fma(ofSecond, first).intoArray(y, to + i);
    }
  }

  /** Computes {@code y += share x}. */
  public static void addShare(float[] x, int from, float share, float[] y, int to, int count) {
    FloatVector factor = FloatVector.broadcast(FLOATS, share);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector sum = FloatVector.fromArray(FLOATS, y, to + i);
      FloatVector.fromArray(FLOATS, x, from + i).fma(factor, sum).intoArray(y, to + i);
    }
  }

  /** Adds to each of {@code pixels} pixels the sum of {@code times} neighbours. */
  public static void addSums(
      float[] dy, int from, int pixels, int times, float[] dx, int to, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      int i = from + lane;
      for (int p = 0; p < pixels; p++) {
        int at = to + p * width + lane;
        FloatVector sum = FloatVector.fromArray(FLOATS, dx, at);
        for (int t = 0; t < times; t++, i += width) {
          sum = sum.add(FloatVector.fromArray(FLOATS, dy, i));
        }
        sum.intoArray(dx, at);
      }
    }
  }
}
