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
   * Sums the lanes of registers that lie side by side, four at a time, in the order of {@link
   * #ofLanes(float[], int)}.
   *
   * @param sums gets {@code count} numbers from {@code to} on
   */
  public static void ofLanes(float[] a, int from, int count, float[] sums, int to) {
    int r = 0;
    for (; r + 4 <= count; r += 4) {
      int at = from + r * LENGTH;
      float sum0 = a[at];
      float sum1 = a[at + LENGTH];
      float sum2 = a[at + 2 * LENGTH];
      float sum3 = a[at + 3 * LENGTH];
      for (int i = 1; i < LENGTH; i++) {
        sum0 += a[at + i];
        sum1 += a[at + LENGTH + i];
        sum2 += a[at + 2 * LENGTH + i];
        sum3 += a[at + 3 * LENGTH + i];
      }
      sums[to + r] = sum0;
      sums[to + r + 1] = sum1;
      sums[to + r + 2] = sum2;
      sums[to + r + 3] = sum3;
    }
    for (; r < count; r++) {
      sums[to + r] = ofLanes(a, from + r * LENGTH);
    }
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
