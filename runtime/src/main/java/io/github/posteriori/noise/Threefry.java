package io.github.posteriori.noise;

/**
 * Threefry-2x32 with 20 rounds: a bijection of 64-bit counters for each 64-bit key, whose values
 * pass for random.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
 */
final class Threefry {
  private static final int PARITY = 0x1BD11BDA;

  private Threefry() {}

  /**
   * The block of counter (c0, c1) under key (k0, k1).
   *
   * @return the first word in the upper half, the second in the lower
   */
  static long block(int k0, int k1, int c0, int c1) {
    int k2 = PARITY ^ k0 ^ k1;
    int x = c0 + k0;
    int y = c1 + k1;
    x += y;
    y = Integer.rotateLeft(y, 13) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 15) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 26) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 6) ^ x;
    x += k1;
    y += k2 + 1;
    x += y;
    y = Integer.rotateLeft(y, 17) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 29) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 16) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 24) ^ x;
    x += k2;
    y += k0 + 2;
    x += y;
    y = Integer.rotateLeft(y, 13) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 15) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 26) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 6) ^ x;
    x += k0;
    y += k1 + 3;
    x += y;
    y = Integer.rotateLeft(y, 17) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 29) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 16) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 24) ^ x;
    x += k1;
    y += k2 + 4;
    x += y;
    y = Integer.rotateLeft(y, 13) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 15) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 26) ^ x;
    x += y;
    y = Integer.rotateLeft(y, 6) ^ x;
    x += k2;
    y += k0 + 5;
    return (long) x << 32 | y & 0xFFFFFFFFL;
  }
}
