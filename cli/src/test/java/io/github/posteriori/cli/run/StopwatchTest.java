package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  @Test
  void tellsSlowRunsFromThoseAtFullSpeed() {
    AtomicInteger runs = new AtomicInteger();
    Stopwatch measured =
        Stopwatch.time(() -> sleep(runs.incrementAndGet() <= 25 ? 60 : 20), 20, 20);
    assertEquals(20, measured.nanos().length);
    assertTrue(measured.medianMillis() >= 20 && measured.medianMillis() < 50, measured.toString());
    assertTrue(measured.leastMillis() <= measured.medianMillis(), measured.toString());
    assertTrue(measured.slowSeconds() >= 25 * 0.06, "25 slow runs: " + measured);
    assertTrue(measured.slowSeconds() < measured.warmUpSeconds() - 1, "what follows: " + measured);
  }

  private static void sleep(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
