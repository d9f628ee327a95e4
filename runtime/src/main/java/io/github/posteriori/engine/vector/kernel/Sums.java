package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** Sums floats in a fixed order. */
public final class Sums {
  private Sums() {}

  /** Sums one register's lanes, in four sums at a time, which need not wait for each other. */
  public static float ofLanes(float[] a, int from) {
    float sum0 = a[from];
    float sum1 = a[from + 1];
    float sum2 = a[from + 2];
    float sum3 = a[from + 3];
    for (int i = from + 4; i < from + LENGTH; i += 4) {
      sum0 += a[i];
      sum1 += a[i + 1];
      sum2 += a[i + 2];
      sum3 += a[i + 3];
    }
    return (sum0 + sum1) + (sum2 + sum3);
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
