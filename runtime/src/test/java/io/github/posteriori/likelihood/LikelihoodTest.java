package io.github.posteriori.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.data.Targets;
import io.github.posteriori.likelihood.Likelihood.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodTest {
  private static final Likelihood CATEGORICAL = Likelihood.categorical();
  private static final int CLASSES = 3;

  /** Two rows; the second is the one that counts. */
  private final float[][] logits = {
    {9, 9, 9, 0.5f, -1, 2}, {9, 9, 9, 1.5f, 0.25f, -0.5f}, {9, 9, 9, -3, 0, 1}
  };

  private static Target label(int label) {
    return new Target(new Targets.Labels(new int[] {0, label}), 1, CLASSES);
  }

  private static double probability(float[] z, int label) {
    double sum = 0;
    for (int k = 3; k < 6; k++) {
      sum += Math.exp(z[k]);
    }
    return Math.exp(z[3 + label]) / sum;
  }

  @Test
  void averagesProbabilitiesNotLogits() {
    double mean = 0;
    for (float[] z : logits) {
      mean += probability(z, 1) / 3;
    }
    double nll = CATEGORICAL.negativeLogLikelihood(logits, 3, label(1), 1, new float[3][6]);
    assertEquals(-Math.log(mean), nll, 1e-12);
  }

  @Test
  void hasTheGradientOfItsValue() {
    float step = 1e-2f;
    float[][] gradients = new float[3][6];
    CATEGORICAL.negativeLogLikelihood(logits, 3, label(2), 5, gradients);
    for (int s = 0; s < 3; s++) {
      for (int k = 3; k < 6; k++) {
        float before = logits[s][k];
        logits[s][k] = before + step;
        double up = CATEGORICAL.negativeLogLikelihood(logits, 3, label(2), 1, new float[3][6]);
        logits[s][k] = before - step;
        double down = CATEGORICAL.negativeLogLikelihood(logits, 3, label(2), 1, new float[3][6]);
        logits[s][k] = before;
        assertEquals(
            5 * (up - down) / (2 * step),
            gradients[s][k],
            1e-4,
            "sample " + s + ", class " + (k - 3));
      }
      assertEquals(0, gradients[s][0], "another image's row");
    }
  }

  @Test
  void staysFiniteForExtremeLogits() {
    float[][] extreme = {{-2000, 3000, 0}};
    float[][] gradients = new float[1][3];
    assertEquals(5000, CATEGORICAL.negativeLogLikelihood(extreme, 0, label(0), 1, gradients), 1e-9);
    assertEquals(-1, gradients[0][0]);
    assertEquals(1, gradients[0][1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, CLASSES})
  void refusesALabelThatIsNoClass(int label) {
    String expected =
        "example 1 has the label " + label + ", expected 0 to 2: number the classes from 0";
    float[][] one = {logits[0]};
    for (Executable use :
        List.<Executable>of(
            () -> CATEGORICAL.negativeLogLikelihood(logits, 0, label(label), 1, new float[3][6]),
            () -> CATEGORICAL.negativeLogLikelihood(one, 0, label(label), 1, new float[1][6]),
            () -> CATEGORICAL.score(logits, 0, label(label)),
            () -> CATEGORICAL.score(one, 0, label(label)))) {
      assertEquals(expected, assertThrows(IllegalArgumentException.class, use).getMessage());
    }
  }

  @Test
  void callsTheMostProbableClassOverAllSamplesRight() {
    assertEquals(1, CATEGORICAL.score(logits, 3, label(2)));
    assertEquals(0, CATEGORICAL.score(logits, 3, label(0)));
  }
}
