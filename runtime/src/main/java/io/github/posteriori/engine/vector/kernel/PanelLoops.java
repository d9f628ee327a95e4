package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** Copies registers of several channels side by side, as {@link PanelGemm} reads them. */
public final class PanelLoops {
  private PanelLoops() {}

  /** Copies a register of each of {@code count} channels. */
  public static void copy(float[] x, int from, int step, float[] y, int to, int next, int count) {
    for (int i = 0, a = from, b = to; i < count; i++, a += step, b += next) {
      FloatVector.fromArray(FLOATS, x, a).intoArray(y, b);
    }
  }

  /** Copies two registers of each of {@code count} channels. */
  public static void copy(
      float[] x, int from, int second, int step, float[] y, int to, int next, int count) {
    int distance = second - from;
    for (int i = 0, a = from, b = to; i < count; i++, a += step, b += next) {
      FloatVector.fromArray(FLOATS, x, a).intoArray(y, b);
      FloatVector.fromArray(FLOATS, x, a + distance).intoArray(y, b + LENGTH);
    }
  }

  /**
   * Copies {@code count} registers side by side: those at {@code from} plus each offset, in floats,
   * of which the first is at {@code first}.
   */
  public static void gather(
      float[] x, int from, int[] offsets, int first, int count, float[] y, int to) {
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(FLOATS, x, from + offsets[first + i]).intoArray(y, to + i * LENGTH);
    }
  }

  /** Sets a register of each of {@code count} channels to zero. */
  public static void clear(float[] y, int to, int next, int count) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0, b = to; i < count; i++, b += next) {
      zero.intoArray(y, b);
    }
  }
}
