package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeepingPaceTest {
  private final AtomicLong clock = new AtomicLong(-5);
  private final KeepingPace pace = new KeepingPace(clock::get);

  /** Counts the epochs that are kept of a hundred. */
  private int kept(long epoch, long keeping) {
    int kept = 0;
    for (int i = 0; i < 100; i++) {
      clock.addAndGet(epoch);
      if (pace.isDue()) {
        pace.keep(() -> clock.addAndGet(keeping));
        kept++;
      }
    }
    return kept;
  }

  @Test
  void everyEpochIsKeptWhereThatTakesATwentiethOfTheTime() {
    assertEquals(100, kept(20, 1));
  }

  @Test
  void ofShorterEpochsTheFirstAndSomeAreKept() {
    assertEquals(1 + 99 / 2, kept(19, 1));
    assertEquals(1 + 99 / 20, kept(1_000, 1_000));
  }
}
