package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Elementwise arithmetic on the arrays of blocks. Where a count is no multiple of the register's
 * length, it is taken to the next one.
 */
public final class Elementwise {
  /** Fraction of the largest number that is of the order of rounding. */
  private static final float LEAST = 0x1p-20f;

  private Elementwise() {}

  /** Computes y = x^2. */
  public static void square(float[] x, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      a.mul(a).intoArray(y, to + i);
    }
  }

  /** Computes y = a b. */
  public static void multiply(float[] a, float[] b, float[] y, int count) {
    for (int i = LEAD; i < LEAD + count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, a, i).mul(FloatVector.fromArray(FLOATS, b, i)).intoArray(y, i);
    }
  }

  /** Computes y = a + b. */
  public static void sum(float[] a, float[] b, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, a, from + i)
          .add(FloatVector.fromArray(FLOATS, b, from + i))
          .intoArray(y, to + i);
    }
  }

  /** Computes y += a. */
  public static void add(float[] a, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, y, to + i)
          .add(FloatVector.fromArray(FLOATS, a, from + i))
          .intoArray(y, to + i);
    }
  }

  /**
   * Raises each y to a millionth of the largest at least, where only rounding can have made it
   * smaller or negative.
   *
   * @param y of {@code width} numbers at each of {@code places}, counted from {@code at}; each lane
   *     for itself
   */
  public static void keepAboveRounding(float[] y, int at, int[] places, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      keepAboveRounding(y, at + lane, places);
    }
  }

  /** Does so in one register of lanes. */
  private static void keepAboveRounding(float[] y, int at, int[] places) {
    FloatVector largest = FloatVector.fromArray(FLOATS, y, at + places[0]);
    for (int i = 1; i < places.length; i++) {
      largest = largest.max(FloatVector.fromArray(FLOATS, y, at + places[i]));
    }
    FloatVector least = largest.abs().mul(LEAST);
    for (int place : places) {
      FloatVector.fromArray(FLOATS, y, at + place).max(least).intoArray(y, at + place);
    }
  }

  /** Computes y = max(a, y). */
  public static void max(float[] a, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, y, to + i)
          .max(FloatVector.fromArray(FLOATS, a, from + i))
          .intoArray(y, to + i);
    }
  }

  /** Computes y += 2 a b. */
  public static void addTwice(
      float[] a, int from, float[] b, int fromB, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector one = FloatVector.fromArray(FLOATS, a, from + i);
      one.add(one)
          .fma(
              FloatVector.fromArray(FLOATS, b, fromB + i), FloatVector.fromArray(FLOATS, y, to + i))
          .intoArray(y, to + i);
    }
  }

  /** Raises y to b where it is below. */
  public static void atLeast(float b, float[] y, int to, int count) {
    FloatVector least = FloatVector.broadcast(FLOATS, b);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, y, to + i).max(least).intoArray(y, to + i);
    }
  }

  /** Computes y = a x + b. */
  public static void affine(float[] x, int from, float a, float b, float[] y, int to, int count) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector shift = FloatVector.broadcast(FLOATS, b);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, x, from + i).fma(factor, shift).intoArray(y, to + i);
    }
  }
}
