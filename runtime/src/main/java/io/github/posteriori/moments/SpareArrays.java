package io.github.posteriori.moments;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays for the passes of one thread at a time, which are used again once no layer needs their
 * numbers: fresh ones of a megabyte each would cost as much as what is computed in them.
 */
class SpareArrays {
  private final Map<Integer, Deque<float[]>> byLength = new HashMap<>();

  /** Returns an array of that length, with undefined contents. */
  float[] take(int length) {
    Deque<float[]> spare = byLength.get(length);
    float[] array = spare == null ? null : spare.poll();
    return array == null ? new float[length] : array;
  }

  /** Takes back an array that was taken here, and that nobody reads any more. */
  void giveBack(float[] array) {
    if (array.length > 0) {
      byLength.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
    }
  }

  /** Takes back both arrays of moments. */
  void giveBack(Moments x) {
    giveBack(x.means());
    giveBack(x.variances());
  }
}
