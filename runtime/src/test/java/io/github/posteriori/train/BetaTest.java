package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetaTest {
  @Test
  void standardIsOne() {
    assertEquals(1, Beta.parse("standard").at(3, 4, 10, 20));
    assertTrue(Beta.parse("standard").isElbo());
  }

  @Test
  void aConstantOtherThanOneTempers() {
    assertEquals(0.1, Beta.parse("0.1").at(3, 4, 10, 20));
    assertFalse(Beta.parse("0.1").isElbo());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 300, 5000})
  void blundellAveragesOneOverAnEpochAndHalvesFromBatchToBatch(int batches) {
    Beta beta = Beta.parse("blundell");
    double sum = 0;
    for (int i = 0; i < batches; i++) {
      sum += beta.at(0, i, batches, 1);
    }
    assertEquals(batches, sum, 1e-9 * batches);
    if (batches > 1) {
      assertEquals(2, beta.at(0, 0, batches, 1) / beta.at(0, 1, batches, 1), 1e-12);
    }
  }

  @Test
  void soenderbyWarmsUpOverAQuarterOfTheTraining() {
    Beta beta = Beta.parse("soenderby");
    assertEquals(0, beta.at(0, 0, 10, 20));
    assertEquals(4 * 2.5 / 20, beta.at(2, 5, 10, 20), 1e-12);
    assertEquals(1, beta.at(5, 0, 10, 20));
    assertEquals(1, beta.at(19, 9, 10, 20));
  }

  @ParameterizedTest
  @CsvSource({"Blundell, blundell", "soendreby, soenderby", "standart, standard"})
  void suggestsWhatAMisspeltScheduleWasMeantToBe(String text, String meant) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Beta.parse(text));
    assertTrue(
        refusal.getMessage().endsWith(": did you mean " + meant + "?"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Blundell", "none", "", "NaN", "-1", "Infinity"})
  void refusesWhatItDoesNotKnow(String text) {
    assertThrows(IllegalArgumentException.class, () -> Beta.parse(text));
  }
}
