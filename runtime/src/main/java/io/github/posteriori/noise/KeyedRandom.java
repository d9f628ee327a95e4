package io.github.posteriori.noise;

/**
 * A stream of random numbers that is a function of its key: the same on every JVM, in every thread.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014). It is implemented here because the JDK does not guarantee that its
 * generators keep their algorithms, and data sets are identified by their seeds.
 */
public final class KeyedRandom {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double SQRT_3 = Math.sqrt(3);

  private long state;

  /** The second of the two normal numbers that are drawn at a time; NaN where it is used up. */
  private double spare = Double.NaN;

  private KeyedRandom(long state) {
    this.state = state;
  }

  /** Returns the stream of one use and one key; different uses and keys are independent. */
  public static KeyedRandom of(String use, long... key) {
    long state = mix(use.hashCode() + GAMMA);
    for (long part : key) {
      state = mix((state ^ part) + GAMMA);
    }
    return new KeyedRandom(state);
  }

  /** Draws a number uniform in [0, 1). */
  public double uniform() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Draws a number uniform in [from, to). */
  public double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  /** Draws an integer uniform in {0, ..., bound - 1}. */
  public int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** Returns true with the given probability. */
  public boolean chance(double probability) {
    return uniform() < probability;
  }

  /**
   * Draws a bell-shaped number with mean 0, variance 1 and no tail beyond 3.5: a sum of four
   * uniforms.
   */
  public double bell() {
    long bits = next();
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum / 65535.0 - 2) * SQRT_3;
  }

  /** Draws a number from N(0, 1), by the polar method (Marsaglia and Bray 1964). */
  public double normal() {
    if (!Double.isNaN(spare)) {
      double kept = spare;
      spare = Double.NaN;
      return kept;
    }
    double x;
    double y;
    double square;
    do {
      x = uniform(-1, 1);
      y = uniform(-1, 1);
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    return x * factor;
  }

  /**
   * Draws a number of events (Poisson), as those of a process of unit rate before {@code mean}: the
   * product of uniform numbers falls below exp(-mean) after one more (Knuth 1969).
   *
   * @param mean from 0 to 700
   */
  public int poisson(double mean) {
    double end = StrictMath.exp(-mean);
    int events = 0;
    for (double product = uniform(); product > end; product *= uniform()) {
      events++;
    }
    return events;
  }

  /** Returns the numbers 0 to {@code size - 1} in random order (Fisher and Yates). */
  public int[] permutation(int size) {
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
