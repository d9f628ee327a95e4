package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * How a batch falls into blocks: full ones, and what is left over in one more or, where that would
 * be half empty, in narrow ones. It depends on the batch alone, never on the number of threads.
 *
 * @param count lanes in use, in all blocks together
 */
record Partition(int count) {

  private int full() {
    int rest = count % Lanes.FULL;
    return count / Lanes.FULL + (rest > Lanes.FULL / 2 ? 1 : 0);
  }

  private int narrow() {
    int rest = count - full() * Lanes.FULL;
    return rest <= 0 ? 0 : (rest + Lanes.LENGTH - 1) / Lanes.LENGTH;
  }

  /** How many blocks. */
  int blocks() {
    return full() + narrow();
  }

  /** How many lanes block {@code index} has. */
  int width(int index) {
    return index < full() ? Lanes.FULL : Lanes.LENGTH;
  }

  /** The first of its images. */
  int first(int index) {
    int wide = Math.min(index, full());
    return wide * Lanes.FULL + (index - wide) * Lanes.LENGTH;
  }

  /** Lanes of all blocks, also those without an image. */
  int lanes() {
    int last = blocks() - 1;
    return last < 0 ? 0 : first(last) + width(last);
  }

  /** How many images it has. */
  int count(int index) {
    return Math.min(width(index), count - first(index));
  }
}
