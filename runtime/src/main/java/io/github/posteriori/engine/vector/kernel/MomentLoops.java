package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.FULL;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Sums over a channel's numbers, each still in {@link Lanes#FULL} parts: part p has the numbers
 * whose place is p modulo FULL, so parts with the same remainder by a block's width belong to one
 * image.
 */
public final class MomentLoops {
  private MomentLoops() {}

  /**
   * Adds the deviations from a number, and their squares, to their sums.
   *
   * @param count of the numbers, a multiple of a register's length
   * @param parts {@code [2, FULL]}
   */
  public static void addDeviations(float[] x, int from, int count, float pivot, float[] parts) {
    FloatVector p = FloatVector.broadcast(FLOATS, pivot);
    FloatVector s0 = FloatVector.fromArray(FLOATS, parts, 0);
    FloatVector s1 = FloatVector.fromArray(FLOATS, parts, LENGTH);
    FloatVector s2 = FloatVector.fromArray(FLOATS, parts, 2 * LENGTH);
    FloatVector s3 = FloatVector.fromArray(FLOATS, parts, 3 * LENGTH);
    FloatVector q0 = FloatVector.fromArray(FLOATS, parts, FULL);
    FloatVector q1 = FloatVector.fromArray(FLOATS, parts, FULL + LENGTH);
    FloatVector q2 = FloatVector.fromArray(FLOATS, parts, FULL + 2 * LENGTH);
    FloatVector q3 = FloatVector.fromArray(FLOATS, parts, FULL + 3 * LENGTH);
    int whole = from + count / FULL * FULL;
    for (int i = from; i < whole; i += FULL) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, i).sub(p);
      FloatVector d1 = FloatVector.fromArray(FLOATS, x, i + LENGTH).sub(p);
      FloatVector d2 = FloatVector.fromArray(FLOATS, x, i + 2 * LENGTH).sub(p);
      FloatVector d3 = FloatVector.fromArray(FLOATS, x, i + 3 * LENGTH).sub(p);
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      s2 = s2.add(d2);
      s3 = s3.add(d3);
      q0 = d0.fma(d0, q0);
      q1 = d1.fma(d1, q1);
      q2 = d2.fma(d2, q2);
      q3 = d3.fma(d3, q3);
    }
    s0.intoArray(parts, 0);
    s1.intoArray(parts, LENGTH);
    s2.intoArray(parts, 2 * LENGTH);
    s3.intoArray(parts, 3 * LENGTH);
    q0.intoArray(parts, FULL);
    q1.intoArray(parts, FULL + LENGTH);
    q2.intoArray(parts, FULL + 2 * LENGTH);
    q3.intoArray(parts, FULL + 3 * LENGTH);
    for (int i = whole, to = 0; i < from + count; i += LENGTH, to += LENGTH) {
      FloatVector d = FloatVector.fromArray(FLOATS, x, i).sub(p);
      FloatVector.fromArray(FLOATS, parts, to).add(d).intoArray(parts, to);
      d.fma(d, FloatVector.fromArray(FLOATS, parts, FULL + to)).intoArray(parts, FULL + to);
    }
  }

  /**
   * Sums dy, and its products with the deviations of x from a number.
   *
   * @param count of the numbers, a multiple of a register's length
   * @param parts gets {@code [2, FULL]}
   */
  public static void products(
      float[] dy, int fromDy, float[] x, int from, int count, float pivot, float[] parts) {
    FloatVector p = FloatVector.broadcast(FLOATS, pivot);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector q0 = s0;
    FloatVector q1 = s0;
    FloatVector q2 = s0;
    FloatVector q3 = s0;
    int whole = from + count / FULL * FULL;
    int shift = fromDy - from;
    for (int i = from; i < whole; i += FULL) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, dy, i + shift);
      FloatVector d1 = FloatVector.fromArray(FLOATS, dy, i + shift + LENGTH);
      FloatVector d2 = FloatVector.fromArray(FLOATS, dy, i + shift + 2 * LENGTH);
      FloatVector d3 = FloatVector.fromArray(FLOATS, dy, i + shift + 3 * LENGTH);
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      s2 = s2.add(d2);
      s3 = s3.add(d3);
      q0 = FloatVector.fromArray(FLOATS, x, i).sub(p).fma(d0, q0);
      q1 = FloatVector.fromArray(FLOATS, x, i + LENGTH).sub(p).fma(d1, q1);
      q2 = FloatVector.fromArray(FLOATS, x, i + 2 * LENGTH).sub(p).fma(d2, q2);
      q3 = FloatVector.fromArray(FLOATS, x, i + 3 * LENGTH).sub(p).fma(d3, q3);
    }
    s0.intoArray(parts, 0);
    s1.intoArray(parts, LENGTH);
    s2.intoArray(parts, 2 * LENGTH);
    s3.intoArray(parts, 3 * LENGTH);
    q0.intoArray(parts, FULL);
    q1.intoArray(parts, FULL + LENGTH);
    q2.intoArray(parts, FULL + 2 * LENGTH);
    q3.intoArray(parts, FULL + 3 * LENGTH);
    for (int i = whole, to = 0; i < from + count; i += LENGTH, to += LENGTH) {
      FloatVector d = FloatVector.fromArray(FLOATS, dy, i + shift);
      FloatVector.fromArray(FLOATS, parts, to).add(d).intoArray(parts, to);
      FloatVector.fromArray(FLOATS, x, i)
          .sub(p)
          .fma(d, FloatVector.fromArray(FLOATS, parts, FULL + to))
          .intoArray(parts, FULL + to);
    }
  }

  /** Computes y = a (dy - mean) + b (x - pivot). */
  public static void combine(
      float[] dy,
      float[] x,
      float[] y,
      int from,
      int count,
      float a,
      float mean,
      float b,
      float pivot) {
    FloatVector va = FloatVector.broadcast(FLOATS, a);
    FloatVector vb = FloatVector.broadcast(FLOATS, b);
    FloatVector p = FloatVector.broadcast(FLOATS, pivot);
    FloatVector m = FloatVector.broadcast(FLOATS, mean);
    for (int i = from; i < from + count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, x, i)
          .sub(p)
          .fma(vb, FloatVector.fromArray(FLOATS, dy, i).sub(m).mul(va))
          .intoArray(y, i);
    }
  }
}
