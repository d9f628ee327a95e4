package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    return moments.prediction();
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
    assertEquals(0, moments.prediction().epistemic().sumNumber().doubleValue());
    assertEquals(0, moments.prediction().mutualInformation().sumNumber().doubleValue(), 1e-12);
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
}
