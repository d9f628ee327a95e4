package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Prediction;
import org.junit.jupiter.api.Test;

class PredictiveMomentsTest {
  private static final double[][] SAMPLES = {
    {0.7, 0.2, 0.1, 0.1, 0.1, 0.8}, {0.5, 0.4, 0.1, 0.3, 0.3, 0.4}, {0.9, 0.05, 0.05, 0.2, 0.7, 0.1}
  };

  private static Prediction prediction() {
    PredictiveMoments moments = new PredictiveMoments(2, 3);
    for (double[] sample : SAMPLES) {
      moments.add(sample);
    }
    return Prediction.of(moments);
  }

  @Test
  void followsTheDecompositionOfKwon() {
    Prediction prediction = prediction();
    for (int i = 0; i < 6; i++) {
      double mean = 0;
      for (double[] sample : SAMPLES) {
        mean += sample[i] / 3;
      }
      double epistemic = 0;
      double square = 0;
      for (double[] sample : SAMPLES) {
        epistemic += (sample[i] - mean) * (sample[i] - mean) / 3;
        square += sample[i] * sample[i] / 3;
      }
      assertEquals(mean, prediction.probabilities().getDouble(i / 3, i % 3), 1e-15);
      assertEquals(epistemic, prediction.epistemic().getDouble(i / 3, i % 3), 1e-15);
      assertEquals(mean - square, prediction.aleatoric().getDouble(i / 3, i % 3), 1e-15);
    }
  }

  @Test
  void splitsTheWholeVariance() {
    Prediction p = prediction();
    for (int i = 0; i < 6; i++) {
      double mean = p.probabilities().getDouble(i / 3, i % 3);
      assertEquals(
          mean - mean * mean,
          p.epistemic().getDouble(i / 3, i % 3) + p.aleatoric().getDouble(i / 3, i % 3),
          1e-15);
    }
  }

  @Test
  void findsNoEpistemicUncertaintyInEqualSamples() {
    PredictiveMoments moments = new PredictiveMoments(2, 3);
    for (int t = 0; t < 7; t++) {
      moments.add(SAMPLES[0]);
    }
    assertEquals(0, Prediction.of(moments).epistemic().sumNumber().doubleValue());
    assertEquals(0, Prediction.of(moments).mutualInformation().sumNumber().doubleValue(), 1e-12);
  }

  @Test
  void measuresEntropyAndMutualInformationInNats() {
    Prediction p = prediction();
    double[] mean = {0.7, 0.65 / 3, 0.25 / 3};
    double entropy = 0;
    for (double m : mean) {
      entropy -= m * Math.log(m);
    }
    double expected = 0;
    for (double[] sample : SAMPLES) {
      for (int k = 0; k < 3; k++) {
        expected -= sample[k] * Math.log(sample[k]) / 3;
      }
    }
    assertEquals(entropy, p.entropy().getDouble(0), 1e-12);
    assertEquals(entropy - expected, p.mutualInformation().getDouble(0), 1e-12);
  }

  @Test
  void namesTheMostProbableClass() {
    assertEquals(0, prediction().classes()[0]);
    assertEquals(2, prediction().classes()[1]);
  }

  @Test
  void addsUpToTheWholeVarianceUnderEachNormalisation() {
    float[][] logits = {{3, -1, 0.5f, 12}, {-2, 4, 0, -9}, {1, 1, 1, 1}};
    for (Normalisation normalisation : Normalisation.values()) {
      PredictiveMoments moments = new PredictiveMoments(1, 4);
      for (float[] sample : logits) {
        moments.add(normalisation.probabilities(sample, 4));
      }
      Prediction prediction = Prediction.of(moments);
      for (int k = 0; k < 4; k++) {
        double mean = 0;
        for (float[] sample : logits) {
          mean += normalisation.probabilities(sample, 4)[k] / 3;
        }
        assertEquals(
            mean - mean * mean,
            prediction.epistemic().getDouble(0, k) + prediction.aleatoric().getDouble(0, k),
            1e-15);
      }
    }
  }

  @Test
  void isNeverBelowZeroByRounding() {
    PredictiveMoments moments = new PredictiveMoments(1, 2);
    for (int t = 1; t <= 50; t++) {
      double small = Math.pow(0.7, t) * 1e-3;
      moments.add(new double[] {small, 1 - small});
    }
    Prediction prediction = Prediction.of(moments);
    for (int k = 0; k < 2; k++) {
      assertTrue(prediction.aleatoric().getDouble(0, k) > 0);
      assertTrue(prediction.epistemic().getDouble(0, k) > 0);
    }
    PredictiveMoments sure = new PredictiveMoments(1, 3);
    for (int t = 0; t < 7; t++) {
      sure.add(new double[] {1 / 3.0, 1e-17, 1});
    }
    assertTrue(Prediction.of(sure).aleatoric().minNumber().doubleValue() >= 0);
  }

  @Test
  void refusesSamplesOfAnotherSizeAndMomentsOfNoSamples() {
    PredictiveMoments moments = new PredictiveMoments(2, 3);
    assertEquals(
        "the sample has 3 probabilities, expected 6 for 2 images of 3 classes",
        assertThrows(IllegalArgumentException.class, () -> moments.add(new double[3]))
            .getMessage());
    assertThrows(IllegalStateException.class, moments::probabilities);
    assertThrows(IllegalArgumentException.class, () -> new PredictiveMoments(0, 3));
    assertThrows(IllegalArgumentException.class, () -> new PredictiveMoments(2, 0));
  }
}
