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
   * @param largest of {@code width} numbers from {@link Lanes#LEAD} on, for the largest
   */
  public static void keepAboveRounding(
      float[] y, int at, int[] places, float[] largest, int width) {
    System.arraycopy(y, at + places[0], largest, LEAD, width);
    for (int place : places) {
      max(y, at + place, largest, LEAD, width);
    }
    for (int place : places) {
      keepAbove(largest, LEAD, y, at + place, width);
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

  private static void keepAbove(float[] scale, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector least = FloatVector.fromArray(FLOATS, scale, from + i).abs().mul(LEAST);
      FloatVector.fromArray(FLOATS, y, to + i).max(least).intoArray(y, to + i);
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
