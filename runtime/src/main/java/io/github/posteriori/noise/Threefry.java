package io.github.posteriori.noise;

/**
 * Threefry-2x32 with 20 rounds: for each 64-bit key a bijection of 64-bit counters whose values are
 * pseudorandom.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
 */
final class Threefry {
  private static final int PARITY = 0x1BD11BDA;

  /** The number of groups of four rounds; each ends with an injection of the key. */
  private static final int GROUPS = 5;

  private Threefry() {}

  /**
   * Returns the block of counter (c0, c1) under key (k0, k1).
   *
   * @return the first word in the upper half, the second word in the lower
   */
  static long block(int k0, int k1, int c0, int c1) {
    int now = k0;
    int next = k1;
    int afterNext = PARITY ^ k0 ^ k1;
    int x = c0 + k0;
    int y = c1 + k1;
    for (int group = 1; group <= GROUPS; group++) {
      boolean odd = group % 2 == 1;
      x += y;
      y = Integer.rotateLeft(y, odd ? 13 : 17) ^ x;
      x += y;
      y = Integer.rotateLeft(y, odd ? 15 : 29) ^ x;
      x += y;
      y = Integer.rotateLeft(y, odd ? 26 : 16) ^ x;
      x += y;
      y = Integer.rotateLeft(y, odd ? 6 : 24) ^ x;
      int first = now;
      now = next;
      next = afterNext;
      afterNext = first;
      x += now;
      y += next + group;
    }
    return (long) x << 32 | y & 0xFFFFFFFFL;
  }
}
