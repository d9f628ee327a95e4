package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** Repeats the pixels of a row, and sums repeated ones; a pixel is {@code width} floats. */
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
