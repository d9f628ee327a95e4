package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Karatsuba's transforms on runs of numbers. In one direction, with the points 1, 0 and infinity,
 * {@code A x = (x_0 + x_1, x_0, x_1)} and {@code V h = (h_1, h_0 - h_1, h_2 - h_1)}, so
 *
 * <pre>
 *   y_0 = h_0 x_0 + h_1 x_1   =  h_1 (x_0 + x_1) + (h_0 - h_1) x_0
 *   y_1 = h_1 x_0 + h_2 x_1   =  h_1 (x_0 + x_1) + (h_2 - h_1) x_1
 * </pre>
 *
 * Counts are multiples of a register's length.
 */
public final class KaratsubaLoops {
  private KaratsubaLoops() {}

  /**
   * Computes {@code A x A'} of the pixels at a, b, c and d: of its nine parts the five that are
   * sums, {@code step} apart. The other four are the pixels.
   */
  public static void sums(
      float[] x, int a, int b, int c, int d, float[] sums, int at, int step, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector x00 = FloatVector.fromArray(FLOATS, x, a + i);
      FloatVector x01 = FloatVector.fromArray(FLOATS, x, b + i);
      FloatVector x10 = FloatVector.fromArray(FLOATS, x, c + i);
      FloatVector x11 = FloatVector.fromArray(FLOATS, x, d + i);
      int to = at + i;
      FloatVector s0 = x00.add(x10);
      FloatVector s1 = x01.add(x11);
      s0.add(s1).intoArray(sums, to);
      s0.intoArray(sums, to + step);
      s1.intoArray(sums, to + 2 * step);
      x00.add(x01).intoArray(sums, to + 3 * step);
      x10.add(x11).intoArray(sums, to + 4 * step);
    }
  }

  /** Computes {@code A' parts A}, the pixels at a, b, c and d. */
  public static void outputs(
      float[] parts, int at, int step, float[] y, int a, int b, int c, int d, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      int from = at + i;
      FloatVector first = FloatVector.fromArray(FLOATS, parts, from);
      FloatVector s0 = first.add(FloatVector.fromArray(FLOATS, parts, from + step));
      FloatVector s1 = first.add(FloatVector.fromArray(FLOATS, parts, from + 2 * step));
      FloatVector second = FloatVector.fromArray(FLOATS, parts, from + 3 * step);
      FloatVector t0 = second.add(FloatVector.fromArray(FLOATS, parts, from + 4 * step));
      FloatVector t1 = second.add(FloatVector.fromArray(FLOATS, parts, from + 5 * step));
      FloatVector third = FloatVector.fromArray(FLOATS, parts, from + 6 * step);
      FloatVector u0 = third.add(FloatVector.fromArray(FLOATS, parts, from + 7 * step));
      FloatVector u1 = third.add(FloatVector.fromArray(FLOATS, parts, from + 8 * step));
      s0.add(t0).intoArray(y, a + i);
      s1.add(t1).intoArray(y, b + i);
      s0.add(u0).intoArray(y, c + i);
      s1.add(u1).intoArray(y, d + i);
    }
  }

  /**
   * Computes {@code V h} in one direction, from three runs {@code step} apart to three {@code next}
   * apart.
   */
  public static void weights(
      float[] h, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from1 + step;
    int to1 = to + next;
    int to2 = to1 + next;
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector middle = FloatVector.fromArray(FLOATS, h, from1 + i);
      middle.intoArray(y, to + i);
      FloatVector.fromArray(FLOATS, h, from + i).sub(middle).intoArray(y, to1 + i);
      FloatVector.fromArray(FLOATS, h, from2 + i).sub(middle).intoArray(y, to2 + i);
    }
  }

  /** Computes {@code V' x} in one direction, as {@link #weights}. */
  public static void gradient(
      float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from1 + step;
    int to1 = to + next;
    int to2 = to1 + next;
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector first = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector last = FloatVector.fromArray(FLOATS, x, from2 + i);
      first.intoArray(y, to + i);
      FloatVector.fromArray(FLOATS, x, from + i).sub(first).sub(last).intoArray(y, to1 + i);
      last.intoArray(y, to2 + i);
    }
  }
}
