package io.github.posteriori.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times an action that is run again and again: uncounted until it stops getting faster, then
 * counted.
 *
 * @param nanos of each counted run
 * @param warmUpSeconds how long the uncounted runs took, the last of which saw no change
 * @param slowSeconds how long the action had been run when it first was as fast as when counted:
 *     when a run and the median of the ten from it on took at most 5 % longer than the counted
 *     median
 */
public record Stopwatch(long[] nanos, double warmUpSeconds, double slowSeconds) {
  /** Runs whose median is compared. */
  private static final int WINDOW = 10;

  /** Share by which a window must be faster to count. */
  private static final double STILL = 0.01;

  /** Seconds in which nothing may get faster: the JVM's compiler comes in waves. */
  private static final double QUIET_SECONDS = 3;

  /** Factor of the counted median up to which a window is as fast. */
  private static final double FULL_SPEED = 1.05;

  /**
   * Times {@code action}.
   *
   * @param runs that are counted, at least 1
   * @param mostSeconds of warm-up
   */
  public static Stopwatch time(Runnable action, int runs, double mostSeconds) {
    long start = System.nanoTime();
    List<Long> all = new ArrayList<>();
    long fastest = Long.MAX_VALUE;
    long fasterAt = start;
    while (seconds(fasterAt) < QUIET_SECONDS && seconds(start) < mostSeconds) {
      int first = all.size();
      do {
        all.add(once(action));
      } while (all.size() < first + WINDOW && seconds(start) < mostSeconds);
      long median = median(all.subList(first, all.size()));
      if (median < (1 - STILL) * fastest) {
        fasterAt = System.nanoTime();
      }
      fastest = Math.min(fastest, median);
    }
    double warmUp = seconds(start);
    int uncounted = all.size();
    for (int i = 0; i < runs; i++) {
      all.add(once(action));
    }
    List<Long> counted = all.subList(uncounted, all.size());
    double slow = slow(all, FULL_SPEED * median(counted)) * 1e-9;
    return new Stopwatch(array(counted), warmUp, slow);
  }

  /** Sums the runs before the first that began a window within the limit, in nanoseconds. */
  private static long slow(List<Long> runs, double limit) {
    long slow = 0;
    for (int i = 0; i < runs.size(); i++) {
      int end = Math.min(i + WINDOW, runs.size());
      if (runs.get(i) <= limit && median(runs.subList(i, end)) <= limit) {
        break;
      }
      slow += runs.get(i);
    }
    return slow;
  }

  private static long once(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return System.nanoTime() - start;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static long median(List<Long> runs) {
    return median(array(runs));
  }

  private static long[] array(List<Long> runs) {
    return runs.stream().mapToLong(Long::longValue).toArray();
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
