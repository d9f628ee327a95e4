package io.github.posteriori.cli.run;

import java.util.function.LongSupplier;

/**
 * Decides after which epochs the folder of a run is brought up to date: after each, unless that
 * would take more than a twentieth of the time, as it may where epochs have few images.
 */
final class KeepingPace {
  /** Least time between two keepings, in times that the last one took. */
  private static final int LEAST_BETWEEN = 20;

  private final LongSupplier nanoTime;
  private long kept;
  private long took;

  /**
   * Begins with an epoch that is kept.
   *
   * @param nanoTime a clock, in nanoseconds, as {@link System#nanoTime} is
   */
  KeepingPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.kept = nanoTime.getAsLong();
  }

  /** Tells whether an epoch that has just ended is kept. */
  boolean isDue() {
    return nanoTime.getAsLong() - kept >= LEAST_BETWEEN * took;
  }

  /** Keeps an epoch. */
  void keep(Runnable keeping) {
    long begin = nanoTime.getAsLong();
    keeping.run();
    kept = nanoTime.getAsLong();
    took = kept - begin;
  }
}
