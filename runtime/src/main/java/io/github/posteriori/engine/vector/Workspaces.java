package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.Arrays;

/**
 * Arrays of one worker that operations use while they compute. They stay in the worker's caches;
 * contents do not outlast the operation that wrote them.
 */
final class Workspaces {
  /** Floats that elementwise loops take in turn: a part of the first-level cache. */
  static final int TOGETHER = 1 << 11;

  private final float[][] arrays = new float[Workspace.values().length][];

  Workspaces() {
    Arrays.fill(arrays, Lanes.array(0));
  }

  /** Returns an array of {@code floats} floats or more behind its lead, with undefined contents. */
  float[] get(Workspace use, int floats) {
    float[] array = arrays[use.ordinal()];
    if (array.length < Lanes.LEAD + floats) {
      array = Lanes.array(floats);
      arrays[use.ordinal()] = array;
    }
    return array;
  }
}
