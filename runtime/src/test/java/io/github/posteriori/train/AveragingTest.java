package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingTest {
  @Test
  void anExponentialAverageForgetsItsStartAndThenKeepsItsDecay() {
    Averaging averaging = Averaging.exponential(0.99);
    assertEquals(1, averaging.weight(1), "the first weights are the average");
    assertEquals(9 / 10.0, averaging.weight(2), 1e-12);
    assertEquals(9 / 108.0, averaging.weight(100), 1e-12);
    assertEquals(0.01, averaging.weight(2000), 1e-12);
    assertTrue(averaging.covers(0, 5));
  }

  @Test
  void theMeanOfTheLastEpochsWeightsTheirStepsAlike() {
    Averaging averaging = Averaging.lastEpochs(2);
    assertFalse(averaging.covers(2, 5));
    assertTrue(averaging.covers(3, 5));
    assertTrue(averaging.covers(4, 5));
    assertTrue(averaging.covers(0, 1), "all of a shorter training");
    assertEquals(1, averaging.weight(1));
    assertEquals(0.25, averaging.weight(4));
  }

  @ParameterizedTest
  @CsvSource({"none, none", "ema, ema:0.999", "ema:0.9, ema:0.9", "swa:3, swa:3"})
  void isReadAsItIsWritten(String text, String written) {
    assertEquals(written, Averaging.parse(text).toString());
    assertEquals(Averaging.parse(text), Averaging.parse(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EMA", "swa", "swa:", "swa:1.5", "ema:x", "ema:", "none:1", "last:3"})
  void refusesWhatItDoesNotKnow(String text) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> Averaging.parse(text)).getMessage();
    assertTrue(refusal.startsWith("average is '" + text + "', expected none, ema"), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema:0", "ema:1", "ema:NaN", "swa:0"})
  void refusesNumbersOutOfRange(String text) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> Averaging.parse(text)).getMessage();
    assertTrue(refusal.contains("average is "), refusal);
  }
}
