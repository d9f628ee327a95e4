package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** Sums floats in a fixed order. */
public final class Sums {
  private Sums() {}

  /** Sums one register's lanes. */
  public static float ofLanes(float[] a, int from) {
    float sum = a[from];
    for (int i = 1; i < LENGTH; i++) {
      sum += a[from + i];
    }
    return sum;
  }

  /**
   * Sums {@code count} numbers, a multiple of the register's length.
   *
   * @param lanes a register's length, overwritten
   */
  public static float of(float[] a, int from, int count, float[] lanes) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = from; i < from + count; i += LENGTH) {
      sum = sum.add(FloatVector.fromArray(FLOATS, a, i));
    }
    sum.intoArray(lanes, 0);
    return ofLanes(lanes, 0);
  }
}
