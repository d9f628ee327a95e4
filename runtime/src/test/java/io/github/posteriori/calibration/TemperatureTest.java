package io.github.posteriori.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {

  /** A case of {@code make.py}. */
  private record Case(int[] labels, float[][] logits, double temperature) {}

  @Test
  void isTheMinimumThatScipyFinds() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/calibration/temperatures.json")) {
      for (Case each : new ObjectMapper().readValue(file, Case[].class)) {
        Temperature found = Temperature.fit(each.logits, 4, each.labels);
        assertEquals(each.temperature, found.value(), 1e-4);
      }
    }
  }

  /**
   * Of n labels drawn from softmax(z), the estimate of T from c z has the standard error c / sqrt(n
   * E Var_p z), by Fisher's information.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 2.5, 8})
  void findsTheFactorByWhichLogitsAreTooLarge(double factor) {
    Drawn drawn = Drawn.of(5_000, 5, 3);
    double[][] p = drawn.probabilities(1);
    double information = 0;
    for (int i = 0; i < p.length; i++) {
      double mean = 0;
      double square = 0;
      for (int k = 0; k < 5; k++) {
        mean += p[i][k] * drawn.logits()[i][k];
        square += p[i][k] * drawn.logits()[i][k] * drawn.logits()[i][k];
      }
      information += square - mean * mean;
    }
    Temperature found = Temperature.fit(drawn.logits(factor), 5, drawn.labels());
    assertEquals(factor, found.value(), 4 * factor / Math.sqrt(information));
    assertEquals(factor, found.value(), 0.1 * factor);
  }

  @Test
  void averagesProbabilitiesAndNotLogits() {
    float[] draws = {2, 0, 0, 6};
    double first = 1 / (1 + Math.exp(-1));
    double second = 1 / (1 + Math.exp(3));
    double mean = (first + second) / 2;
    assertArrayEquals(
        new double[] {mean, 1 - mean}, new Temperature(2).probabilities(draws, 2), 1e-12);
  }

  @Test
  void staysWithinBoundsWhereEveryLabelIsRight() {
    Temperature surest = Temperature.fit(new float[][] {{1, 0}, {0, 1}}, 2, new int[] {0, 1});
    assertEquals(Math.exp(-3), surest.value(), 1e-4);
    Temperature least = Temperature.fit(new float[][] {{1, 0}, {0, 1}}, 2, new int[] {1, 0});
    assertEquals(Math.exp(3), least.value(), 1e-2);
  }

  @Test
  void refusesWhatIsNone() {
    for (double value : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Temperature(value));
    }
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Temperature.fit(new float[0][], 2, new int[0]));
    assertTrue(refusal.getMessage().contains("no examples"), refusal.getMessage());
  }
}
