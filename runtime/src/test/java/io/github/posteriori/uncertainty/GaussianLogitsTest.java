package io.github.posteriori.uncertainty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.moments.LatinHypercube;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianLogitsTest {
  private static final int CLASSES = 10;
  private static final int IMAGES = 12;
  private static final int DRAWS = 20_000;

  private static final float[] MEANS = new float[IMAGES * CLASSES];
  private static final float[] VARIANCES = new float[IMAGES * CLASSES];

  static {
    Random random = new Random(4);
    for (int i = 0; i < MEANS.length; i++) {
      MEANS[i] = (float) (2 * random.nextGaussian());
      VARIANCES[i] = (float) Math.exp(random.nextGaussian() - 0.5);
    }
  }

  private static GaussianLogits predict(Normalisation normalisation, float[] variances) {
    GaussianLogits logits =
        new GaussianLogits(IMAGES, normalisation, LatinHypercube.normal(64, CLASSES));
    logits.set(0, MEANS, variances);
    return logits;
  }

  /** The same moments over many plain draws of the same Gaussian numbers. */
  private static PredictiveMoments drawn(Normalisation normalisation) {
    Random random = new Random(5);
    PredictiveMoments moments = new PredictiveMoments(IMAGES, CLASSES);
    float[] logits = new float[MEANS.length];
    for (int d = 0; d < DRAWS; d++) {
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) (MEANS[i] + Math.sqrt(VARIANCES[i]) * random.nextGaussian());
      }
      moments.add(normalisation.probabilities(logits, CLASSES));
    }
    return moments;
  }

  @ParameterizedTest
  @EnumSource(Normalisation.class)
  void agreesWithManyPlainDraws(Normalisation normalisation) {
    Predictive expected = drawn(normalisation);
    Predictive found = predict(normalisation, VARIANCES);
    close(
        expected.probabilities().data().asDouble(), found.probabilities().data().asDouble(), 0.03);
    close(expected.epistemic().data().asDouble(), found.epistemic().data().asDouble(), 0.02);
    close(expected.aleatoric().data().asDouble(), found.aleatoric().data().asDouble(), 0.02);
    close(expected.entropy().toDoubleVector(), found.entropy().toDoubleVector(), 0.04);
    close(
        expected.mutualInformation().toDoubleVector(),
        found.mutualInformation().toDoubleVector(),
        0.05);
  }

  /** No number is off by more than the bound, and on average by no more than a fifth of it. */
  private static void close(double[] expected, double[] found, double bound) {
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], bound, "number " + i);
      sum += Math.abs(expected[i] - found[i]);
    }
    assertEquals(0, sum / expected.length, bound / 3);
  }

  @ParameterizedTest
  @EnumSource(Normalisation.class)
  void logitsThatDoNotVaryHaveNoEpistemicUncertainty(Normalisation normalisation) {
    Predictive found = predict(normalisation, new float[MEANS.length]);
    assertArrayEquals(
        normalisation.probabilities(MEANS, CLASSES),
        found.probabilities().data().asDouble(),
        1e-12);
    assertEquals(0, found.epistemic().sumNumber().doubleValue());
    assertEquals(0, found.mutualInformation().sumNumber().doubleValue(), 1e-12);
  }
}
