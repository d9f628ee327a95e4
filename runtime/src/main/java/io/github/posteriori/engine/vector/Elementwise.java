package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.Lanes.LEAD;
import static io.github.posteriori.engine.vector.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Loops over the arrays of blocks, a register at a time; counts are multiples of the register's
 * length.
 */
final class Elementwise {
  private Elementwise() {}

  private static FloatVector at(float[] a, int i) {
    return FloatVector.fromArray(FLOATS, a, i);
  }

  /** y = x^2. */
  static void square(float[] x, float[] y, int count) {
    for (int i = LEAD; i < LEAD + count; i += LENGTH) {
      FloatVector a = at(x, i);
      a.mul(a).intoArray(y, i);
    }
  }

  /** y = a b. */
  static void multiply(float[] a, float[] b, float[] y, int count) {
    for (int i = LEAD; i < LEAD + count; i += LENGTH) {
      at(a, i).mul(at(b, i)).intoArray(y, i);
    }
  }

  /** y += a. */
  static void add(float[] a, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      at(y, to + i).add(at(a, from + i)).intoArray(y, to + i);
    }
  }

  /** y += 2 a b. */
  static void addTwice(float[] a, float[] b, float[] y, int count) {
    for (int i = LEAD; i < LEAD + count; i += LENGTH) {
      FloatVector twice = at(a, i).add(at(a, i));
      twice.fma(at(b, i), at(y, i)).intoArray(y, i);
    }
  }

  /** y = a x + b. */
  static void affine(float[] x, int from, float a, float b, float[] y, int to, int count) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector shift = FloatVector.broadcast(FLOATS, b);
    for (int i = 0; i < count; i += LENGTH) {
      at(x, from + i).fma(factor, shift).intoArray(y, to + i);
    }
  }
}
