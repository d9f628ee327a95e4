package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * Splits a batch into full blocks and a remainder, which takes one more full block, or narrow ones
 * where that would be half empty. A batch of less than two full blocks is all narrow, because one
 * block would keep one core busy, unless one core is all it gets. It depends on the batch alone,
 * never on the number of threads.
 *
 * @param count lanes in use, in all blocks together
 * @param widest lanes of the widest block: {@link Lanes#FULL}, or {@link Lanes#LENGTH} where all
 *     are narrow
 * @param least lanes from which blocks are full
 */
record Partition(int count, int widest, int least) {
  /** Lanes from which blocks are full where several cores share them out. */
  private static final int LEAST = 2 * Lanes.FULL;

  /** Splits a batch into blocks as wide as they can be. */
  Partition(int count) {
    this(count, Lanes.FULL);
  }

  /** Splits a batch that several cores share out. */
  Partition(int count, int widest) {
    this(count, widest, LEAST);
  }

  /** Splits a batch that one core computes. */
  static Partition ofOneCore(int count, int widest) {
    return new Partition(count, widest, 0);
  }

  /** Whether a batch has no full block, whatever the network. */
  static boolean isNarrow(int count) {
    return count < LEAST;
  }

  private int full() {
    if (widest < Lanes.FULL || count < least) {
      return 0;
    }
    int rest = count % Lanes.FULL;
    return count / Lanes.FULL + (rest > Lanes.FULL / 2 ? 1 : 0);
  }

  private int narrow() {
    int rest = count - full() * Lanes.FULL;
    return rest <= 0 ? 0 : (rest + Lanes.LENGTH - 1) / Lanes.LENGTH;
  }

  /** The number of blocks. */
  int blocks() {
    return full() + narrow();
  }

  /** The number of lanes of block {@code index}. */
  int width(int index) {
    return index < full() ? Lanes.FULL : Lanes.LENGTH;
  }

  /** The index of its first image. */
  int first(int index) {
    int wide = Math.min(index, full());
    return wide * Lanes.FULL + (index - wide) * Lanes.LENGTH;
  }

  /** The number of lanes of all blocks, used or not. */
  int lanes() {
    int last = blocks() - 1;
    return last < 0 ? 0 : first(last) + width(last);
  }

  /** The number of its images. */
  int count(int index) {
    return Math.min(width(index), count - first(index));
  }
}
