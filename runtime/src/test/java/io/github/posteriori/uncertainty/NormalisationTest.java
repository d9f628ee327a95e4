package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  private static final float[] LOGITS = {2, -1, 0.5f, /* */ 0, 0, 7};

  @Test
  void softmaxDividesExponentialsByTheirSum() {
    double[] expected = new double[6];
    for (int row = 0; row < 6; row += 3) {
      double sum = Math.exp(LOGITS[row]) + Math.exp(LOGITS[row + 1]) + Math.exp(LOGITS[row + 2]);
      for (int k = row; k < row + 3; k++) {
        expected[k] = Math.exp(LOGITS[k]) / sum;
      }
    }
    assertArrayEquals(expected, Normalisation.SOFTMAX.probabilities(LOGITS, 3), 1e-15);
  }

  @Test
  void normalizedDividesSoftplusesByTheirSum() {
    double[] expected = new double[6];
    for (int row = 0; row < 6; row += 3) {
      double sum = softplus(LOGITS[row]) + softplus(LOGITS[row + 1]) + softplus(LOGITS[row + 2]);
      for (int k = row; k < row + 3; k++) {
        expected[k] = softplus(LOGITS[k]) / sum;
      }
    }
    assertArrayEquals(expected, Normalisation.SOFTPLUS.probabilities(LOGITS, 3), 1e-15);
  }

  private static double softplus(double z) {
    return Math.log(1 + Math.exp(z));
  }

  @Test
  void logitsOfAnySizeGiveProbabilities() {
    for (float[] logits :
        List.of(
            new float[] {1e30f, -1e30f, 3},
            new float[] {-1e4f, -1.1e4f, -2e4f},
            new float[] {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE},
            new float[] {Float.MAX_VALUE, Float.MAX_VALUE, 0})) {
      for (Normalisation normalisation : Normalisation.values()) {
        double[] probabilities = normalisation.probabilities(logits, 3);
        assertEquals(1, Arrays.stream(probabilities).sum(), 1e-12, normalisation.name());
        assertTrue(Arrays.stream(probabilities).allMatch(p -> p >= 0 && p <= 1));
      }
    }
  }

  @Test
  void normalizedKeepsProportionsOfLargeLogits() {
    double[] probabilities = Normalisation.SOFTPLUS.probabilities(new float[] {3e5f, 1e5f}, 2);
    assertArrayEquals(new double[] {0.75, 0.25}, probabilities, 1e-12);
  }

  /** softplus(z) tends to exp(z), also where both are 0 as a double. */
  @Test
  void normalizedIsSoftmaxFarBelowZero() {
    for (float shift : new float[] {-36.9f, -37.1f, -900}) {
      float[] logits = {shift, shift - 1, shift - 2};
      assertArrayEquals(
          Normalisation.SOFTMAX.probabilities(logits, 3),
          Normalisation.SOFTPLUS.probabilities(logits, 3),
          1e-14);
    }
  }

  @Test
  void eachHoldsAValueForEveryNormalisation() {
    assertEquals(
        List.of("SOFTMAX", "SOFTPLUS"),
        List.copyOf(Normalisation.each(Normalisation::name).values()));
  }
}
