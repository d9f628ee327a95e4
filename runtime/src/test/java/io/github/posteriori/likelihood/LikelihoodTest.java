package io.github.posteriori.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.layers.Shape;
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

  private static final Targets.Mixed MIXED =
      new Targets.Mixed(
          new Targets.Labels(new int[] {0, 2}),
          new Targets.Labels(new int[] {1, 0}),
          new float[] {1, 0.75f});

  private static Target mixed() {
    return new Target(MIXED, 1, CLASSES);
  }

  /** Classes 0, 1 and 2 with 6, 3 and 1 examples. */
  private static Dataset unbalanced() {
    int[] labels = {0, 0, 0, 1, 0, 1, 2, 0, 1, 0};
    return Dataset.of("unbalanced", Shape.features(1), 3, new float[10][1], labels);
  }

  @Test
  void addsTheLossesOfMixedTargetsByTheirShares() {
    for (float[][] z : List.of(logits, new float[][] {logits[1]})) {
      double first = CATEGORICAL.negativeLogLikelihood(z, 3, label(2), 1, new float[3][6]);
      double second = CATEGORICAL.negativeLogLikelihood(z, 3, label(0), 1, new float[3][6]);
      double nll = CATEGORICAL.negativeLogLikelihood(z, 3, mixed(), 1, new float[3][6]);
      assertEquals(0.75 * first + 0.25 * second, nll, 1e-12);
    }
  }

  /** With one sample it is the cross-entropy of the mixed label. */
  @Test
  void pullsTheProbabilitiesTowardsTheSharesOfMixedTargets() {
    float[][] gradients = {{0, 0, 0, 77, 77, 77}};
    float[][] z = {logits[2]};
    CATEGORICAL.negativeLogLikelihood(z, 3, mixed(), 10, gradients);
    assertEquals(10 * (probability(z[0], 0) - 0.25), gradients[0][3], 1e-6);
    assertEquals(10 * probability(z[0], 1), gradients[0][4], 1e-6);
    assertEquals(10 * (probability(z[0], 2) - 0.75), gradients[0][5], 1e-6);
  }

  @Test
  void hasTheGradientOfItsValueForMixedTargetsOfWeightedClasses() {
    assertGradient(CATEGORICAL.balanced(unbalanced()), mixed());
    assertGradient(CATEGORICAL.balanced(unbalanced()), label(2));
  }

  private void assertGradient(Likelihood likelihood, Target target) {
    float step = 1e-2f;
    float[][] gradients = new float[3][6];
    likelihood.negativeLogLikelihood(logits, 3, target, 5, gradients);
    for (int s = 0; s < 3; s++) {
      for (int k = 3; k < 6; k++) {
        float before = logits[s][k];
        logits[s][k] = before + step;
        double up = likelihood.negativeLogLikelihood(logits, 3, target, 1, new float[3][6]);
        logits[s][k] = before - step;
        double down = likelihood.negativeLogLikelihood(logits, 3, target, 1, new float[3][6]);
        logits[s][k] = before;
        assertEquals(5 * (up - down) / (2 * step), gradients[s][k], 2e-4);
      }
    }
  }

  /** Values of PyTorch 2's CrossEntropyLoss(weight, label_smoothing=0.1, reduction="none"). */
  @Test
  void smoothsLabelsAsPyTorchDoes() {
    float[][] z = {{1.5f, -0.25f, 0.75f, -2, 0.5f, 2, -1, 0.25f}};
    Targets labels = new Targets.Labels(new int[] {2, 1});
    double[][] losses = {
      {1.3416115805564843, 0.5255289984482534}, {1.6094116861816934, 0.8250675970516814}
    };
    double[][] expected = {
      {
        0.5715384497726652, 0.07866283883681133, -0.6432151889034172, -0.006986099706059349,
        0.12923482528416222, -0.23376746925846925, 0.009414441266120205, 0.09511820270818683
      },
      {
        0.718259600971515, 0.07698697757509389, -0.8110636064066861, 0.015817027860077302,
        0.28054616803990823, -0.5366581915910915, 0.0341374384056284, 0.22197458514555501
      }
    };
    List<List<Double>> weights = List.of(List.of(), List.of(0.5, 2.0, 1.25, 0.25));
    for (int w = 0; w < 2; w++) {
      Likelihood smoothed = new Categorical(weights.get(w), 0.1);
      float[][] gradients = new float[1][8];
      for (int i = 0; i < 2; i++) {
        Target target = new Target(labels, i, 4);
        double loss = smoothed.negativeLogLikelihood(z, 4 * i, target, 1, gradients);
        assertEquals(losses[w][i], loss, 1e-9);
      }
      for (int k = 0; k < 8; k++) {
        assertEquals(expected[w][k], gradients[0][k], 1e-6);
      }
    }
  }

  @Test
  void smoothedLabelsOfManySamplesAreThoseOfTheMeanProbabilities() {
    Likelihood smoothed = CATEGORICAL.smoothed(0.3);
    double loss = 0;
    for (int k = 0; k < 3; k++) {
      double mean = 0;
      for (float[] z : logits) {
        mean += probability(z, k) / 3;
      }
      loss -= (k == 2 ? 0.8 : 0.1) * Math.log(mean);
    }
    double found = smoothed.negativeLogLikelihood(logits, 3, label(2), 1, new float[3][6]);
    assertEquals(loss, found, 1e-9);
    assertGradient(smoothed, label(2));
    assertGradient(smoothed, mixed());
    assertGradient(smoothed.balanced(unbalanced()), mixed());
    assertGradient(CATEGORICAL.balanced(unbalanced()).smoothed(0.3), label(0));
  }

  @Test
  void smoothsTheLossOfTrainingAlone() {
    Targets targets = new Targets.Labels(new int[] {0, 2});
    List<float[]> given = List.of(new float[] {1, 0, 0, 0, 2, 1});
    Assessment plain = CATEGORICAL.assess(3, 1);
    plain.add(targets, given);
    Assessment smoothed = CATEGORICAL.smoothed(0.3).assess(3, 1);
    smoothed.add(targets, given);
    assertEquals(plain.loss(), smoothed.loss());
    assertEquals(plain.nll(), smoothed.nll());
    assertEquals(CATEGORICAL, CATEGORICAL.smoothed(0.3).unweighted());
    assertEquals(CATEGORICAL, CATEGORICAL.smoothed(0));
  }

  @Test
  void refusesToSmoothWhatIsNoLabelOrByNoShare() {
    for (Likelihood other : List.of(Likelihood.bernoulli(), Likelihood.gaussian())) {
      assertEquals(other, other.smoothed(0));
      assertEquals(
          "the label smoothing is 0.1, but the "
              + other.name()
              + " likelihood has no classes whose labels could be smoothed: leave it out",
          assertThrows(IllegalArgumentException.class, () -> other.smoothed(0.1)).getMessage());
    }
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> CATEGORICAL.smoothed(share));
    }
  }

  @Test
  void weightsClassesInverselyToTheirFrequencyWithTheMeanOne() {
    Likelihood balanced = CATEGORICAL.balanced(unbalanced());
    double sum = 0;
    int[] counts = {6, 3, 1};
    for (int label = 0; label < 3; label++) {
      double plain = CATEGORICAL.negativeLogLikelihood(logits, 3, label(label), 1, new float[3][6]);
      double weight =
          balanced.negativeLogLikelihood(logits, 3, label(label), 1, new float[3][6]) / plain;
      assertEquals(10.0 / (3 * counts[label]), weight, 1e-12);
      sum += counts[label] * weight;
    }
    assertEquals(10, sum, 1e-12);
  }

  @Test
  void countsMixedTargetsByTheShareThatIsRight() {
    assertEquals(0.75, CATEGORICAL.score(logits, 3, mixed()));
    float[][] other = {{0, 0, 0, 5, 0, 0}};
    assertEquals(0.25, CATEGORICAL.score(other, 3, mixed()));
    float[][] neither = {{0, 0, 0, 0, 5, 0}};
    assertEquals(0, CATEGORICAL.score(neither, 3, mixed()));
  }

  @Test
  void measuresWithoutWeightsAndLosesWithThem() {
    Targets targets = new Targets.Labels(new int[] {0, 2});
    List<float[]> given = List.of(new float[] {1, 0, 0, 0, 2, 1});
    Assessment plain = CATEGORICAL.assess(3, 1);
    plain.add(targets, given);
    Assessment balanced = CATEGORICAL.balanced(unbalanced()).assess(3, 1);
    balanced.add(targets, given);

    assertEquals(plain.nll(), plain.loss());
    assertEquals(plain.nll(), balanced.nll());
    assertEquals(plain.score(), balanced.score());
    double first = -Math.log(Math.E / (Math.E + 2));
    double second = -Math.log(Math.E / (1 + Math.E * Math.E + Math.E));
    assertEquals((first * 10 / 18 + second * 10 / 3) / 2, balanced.loss(), 1e-6);
  }

  @Test
  void refusesAMixedLabelThatIsNoClass() {
    Targets.Labels sound = new Targets.Labels(new int[] {1});
    Targets.Labels wrong = new Targets.Labels(new int[] {3});
    for (Targets mixed :
        List.of(
            new Targets.Mixed(sound, wrong, new float[1]),
            new Targets.Mixed(wrong, sound, new float[1]))) {
      assertEquals(
          "example 0 has the label 3, expected 0 to 2: number the classes from 0",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> CATEGORICAL.requireFit(mixed, 3, i -> "example " + i))
              .getMessage());
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Targets.Mixed(sound, sound, new float[] {1.5f}));
    assertThrows(
        IllegalArgumentException.class, () -> new Targets.Mixed(sound, sound, new float[2]));
  }
}
