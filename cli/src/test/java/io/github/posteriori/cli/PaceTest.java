package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();
  private long now = 4711;

  private void steps(int count, long millis) {
    for (int i = 0; i < count; i++) {
      now += Duration.ofMillis(millis).toNanos();
      pace.stepDone(now);
    }
  }

  @Test
  void thereIsNoEstimateWhileStepsGetFaster() {
    pace.epochStarted(now);
    for (long millis : new long[] {480, 380, 300, 230, 150}) {
      steps(10, millis);
      assertEquals(Optional.empty(), pace.remaining(100, 0), "after steps of " + millis + " ms");
    }
    steps(10, 140);
    assertEquals(Optional.of(Duration.ofSeconds(14)), pace.remaining(100, 0));
  }

  @Test
  void theFirstEstimateKnowsNothingOfTheStepsThatWereCompiled() {
    pace.epochStarted(now);
    int before = 0;
    for (long millis : new long[] {18_000, 4000, 900, 600, 400}) {
      steps(1, millis);
      before++;
    }
    while (pace.remaining(1, 0).isEmpty()) {
      steps(1, 20);
      before++;
    }
    assertTrue(before < 120, "estimated after " + before + " steps");
    assertEquals(Optional.of(Duration.ofSeconds(20)), pace.remaining(1000, 0));
  }

  @Test
  void aStepNowAndThenThatTakesLongerChangesNothing() {
    pace.epochStarted(now);
    for (int i = 0; i < 20; i++) {
      steps(9, 200);
      steps(1, 3000);
    }
    assertEquals(Optional.of(Duration.ofSeconds(10)), pace.remaining(50, 0));
  }

  @Test
  void stepsOfManySecondsAreNotWaitedForTenTimes() {
    pace.epochStarted(now);
    steps(2, 6000);
    assertEquals(Optional.of(Duration.ofMinutes(1)), pace.remaining(10, 0));
  }

  @Test
  void thePauseAfterAnEpochIsNoStepAndComesAgainAfterTheOthers() {
    pace.epochStarted(now);
    steps(30, 100);
    now += Duration.ofSeconds(2).toNanos();
    pace.epochDone(now);
    now += Duration.ofSeconds(50).toNanos();
    pace.epochStarted(now);
    steps(10, 100);
    assertEquals(Optional.of(Duration.ofSeconds(8 + 3 * 2)), pace.remaining(80, 3));
  }

  @Test
  void theEstimateFollowsAMachineThatBecomesBusy() {
    pace.epochStarted(now);
    steps(30, 100);
    steps(30, 300);
    assertEquals(Optional.of(Duration.ofSeconds(30)), pace.remaining(100, 0));
  }
}
