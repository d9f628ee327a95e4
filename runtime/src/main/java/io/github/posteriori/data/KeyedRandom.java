package io.github.posteriori.data;

/**
 * A stream of random numbers that is a function of its key: the same on every JVM, in every thread.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014). It is implemented here because the JDK does not guarantee that its
 * generators keep their algorithms, and data sets are identified by their seeds.
 */
final class KeyedRandom {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double SQRT_3 = Math.sqrt(3);

  private long state;

  private KeyedRandom(long state) {
    this.state = state;
  }

  /** Returns the stream of one use and one key; different uses and keys are independent. */
  static KeyedRandom of(String use, long... key) {
    long state = mix(use.hashCode() + GAMMA);
    for (long part : key) {
      state = mix((state ^ part) + GAMMA);
    }
    return new KeyedRandom(state);
  }

  /** Draws a number uniform in [0, 1). */
  double uniform() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Draws a number uniform in [from, to). */
  double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** Draws an integer uniform in {0, ..., bound - 1}. */
  int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** Returns true with the given probability. */
  boolean chance(double probability) {
    return uniform() < probability;
  }

  /**
   * Draws a bell-shaped number with mean 0, variance 1 and no tail beyond 3.5: a sum of four
   * uniforms.
   */
  double bell() {
    long bits = next();
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum / 65535.0 - 2) * SQRT_3;
  }

  /** Returns the numbers 0 to {@code size - 1} in random order (Fisher and Yates). */
  int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private long next() {
    return mix(state += GAMMA);
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
