package io.github.posteriori.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Estimates how long the rest of a training takes, from the median time of recent steps and the
 * pause after the last epoch.
 *
 * <p>The first steps take many times longer than the others, because the JVM still compiles them.
 * There is no estimate until a block of steps is hardly faster than the block before it.
 *
 * <p>Times are readings of {@link System#nanoTime}.
 */
final class Pace {
  /** Steps whose median is compared, unless they take too long. */
  private static final int BLOCK_STEPS = 10;

  /** Least time of a block: the JVM's compiler comes in waves, and one could lie between two. */
  private static final long LEAST_BLOCK = Duration.ofSeconds(1).toNanos();

  /** Time after which a block ends, however few its steps. */
  private static final long LONG_BLOCK = Duration.ofSeconds(5).toNanos();

  /** Steps have settled when their median is at least this share of the one before. */
  private static final double SETTLED = 0.8;

  private final List<Long> block = new ArrayList<>();
  private long blockNanos;
  private long stepNanos = Long.MAX_VALUE;
  private boolean settled;
  private long pauseNanos;
  private long last;

  void epochStarted(long now) {
    last = now;
  }

  void stepDone(long now) {
    block.add(now - last);
    blockNanos += now - last;
    last = now;
    boolean whole = block.size() >= BLOCK_STEPS && blockNanos >= LEAST_BLOCK;
    if (whole || blockNanos >= LONG_BLOCK) {
      long median = block.stream().sorted().skip(block.size() / 2).findFirst().orElseThrow();
      settled |= median >= SETTLED * stepNanos;
      stepNanos = median;
      block.clear();
      blockNanos = 0;
    }
  }

  /** Takes the time since the last step as the pause that every epoch ends with. */
  void epochDone(long now) {
    pauseNanos = now - last;
  }

  /**
   * Estimates the remaining time; empty until steps have settled.
   *
   * @param steps that are left
   * @param pauses epochs that have yet to end
   */
  Optional<Duration> remaining(long steps, int pauses) {
    return settled
        ? Optional.of(Duration.ofNanos(steps * stepNanos + pauses * pauseNanos))
        : Optional.empty();
  }
}
