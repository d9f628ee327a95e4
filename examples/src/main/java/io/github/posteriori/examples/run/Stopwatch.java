package io.github.posteriori.examples.run;

import java.util.Arrays;

/**
 * Times an action that is run again and again: uncounted until it stops getting faster, then
 * counted.
 *
 * @param nanos of each counted run
 * @param warmUpSeconds how long the uncounted runs took
 */
public record Stopwatch(long[] nanos, double warmUpSeconds) {
  /** Runs whose median is compared with that of the runs before. */
  private static final int WINDOW = 10;

  /** A window that is not faster by more than this share counts as no faster. */
  private static final double STILL = 0.01;

  /** So long nothing may get faster: the JVM's compiler comes in waves. */
  private static final double QUIET_SECONDS = 3;

  /**
   * Times {@code action}.
   *
   * @param runs that are counted, at least 1
   * @param mostSeconds of warm-up
   */
  public static Stopwatch time(Runnable action, int runs, double mostSeconds) {
    long start = System.nanoTime();
    long fastest = Long.MAX_VALUE;
    long fasterAt = start;
    while (seconds(fasterAt) < QUIET_SECONDS && seconds(start) < mostSeconds) {
      long[] window = new long[WINDOW];
      int taken = 0;
      while (taken < WINDOW && (taken == 0 || seconds(start) < mostSeconds)) {
        window[taken++] = once(action);
      }
      long median = median(Arrays.copyOf(window, taken));
      if (median < (1 - STILL) * fastest) {
        fasterAt = System.nanoTime();
      }
      fastest = Math.min(fastest, median);
    }
    double warmUp = seconds(start);
    long[] counted = new long[runs];
    for (int i = 0; i < runs; i++) {
      counted[i] = once(action);
    }
    return new Stopwatch(counted, warmUp);
  }

  private static long once(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return System.nanoTime() - start;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median run, in milliseconds. */
  public double medianMillis() {
    return median(nanos) * 1e-6;
  }

  /** The fastest run, in milliseconds. */
  public double leastMillis() {
    return Arrays.stream(nanos).min().orElseThrow() * 1e-6;
  }
}
