package io.github.posteriori.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood.Target;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericLikelihoodTest {
  private static final float[][] COUNTS = {{3, 0}, {5, 1}, {10, 0}, {2, 7}};
  private static final float[][] BITS = {{1, 0}, {1, 1}, {0, 0}, {1, 0}};

  /** Outputs of three samples for a row that does not count and one that does. */
  private final float[][] outputs = {
    {9, 9, 9, 9, 0.5f, -1, 0.25f, -0.75f},
    {9, 9, 9, 9, 1.5f, 0.25f, -1, 0.5f},
    {9, 9, 9, 9, -0.5f, 0, 1, 0.125f}
  };

  private static Dataset set(float[][] values) {
    return Dataset.ofValues(
        "numbers", Shape.features(1), List.of("first", "second"), new float[4][1], values);
  }

  private static Likelihood learnt(String name) {
    if (name.equals("balanced")) {
      return Likelihood.bernoulli().balanced(set(BITS));
    }
    boolean bits = name.equals("bernoulli");
    return Likelihood.parse(name).learn(set(bits ? BITS : COUNTS));
  }

  /** As many outputs as two targets take. */
  private static int width(Likelihood likelihood) {
    return likelihood.outputs(set(BITS));
  }

  private static Target target(Likelihood likelihood, float first, float second) {
    return new Target(
        new Targets.Values(new float[] {0, 0, first, second}, 2), 1, width(likelihood));
  }

  private double nll(Likelihood likelihood, Target target) {
    int width = target.outputs();
    return likelihood.negativeLogLikelihood(outputs, 4, target, 1, new float[3][4 + width]);
  }

  private double density(Likelihood likelihood, float first, float second) {
    return Math.exp(-nll(likelihood, target(likelihood, first, second)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "heteroscedastic", "poisson", "bernoulli", "balanced"})
  void hasTheGradientOfItsValue(String name) {
    Likelihood likelihood = learnt(name);
    Target target = target(likelihood, 1, 0);
    float[][] gradients = new float[3][8];
    likelihood.negativeLogLikelihood(outputs, 4, target, 5, gradients);
    float step = 1e-2f;
    double largest = 0;
    for (int s = 0; s < 3; s++) {
      for (int k = 4; k < 4 + target.outputs(); k++) {
        float before = outputs[s][k];
        outputs[s][k] = before + step;
        double up = nll(likelihood, target);
        outputs[s][k] = before - step;
        double down = nll(likelihood, target);
        outputs[s][k] = before;
        assertEquals(5 * (up - down) / (2 * step), gradients[s][k], 2e-3, s + ", " + k);
        largest = Math.max(largest, Math.abs(gradients[s][k]));
      }
      assertEquals(0, gradients[s][0], "another row");
    }
    assertTrue(largest > 0.5, "gradients that show");
  }

  /** The mean of g g' over all pairs of targets, by the probabilities that the outputs give. */
  @ParameterizedTest
  @CsvSource({
    "gaussian,-60,60,0.5",
    "heteroscedastic,-60,60,0.5",
    "poisson,0,60,1",
    "bernoulli,0,1,1"
  })
  void hasTheInformationOfItsGradients(String name, float low, float high, float step) {
    Likelihood likelihood = learnt(name);
    int width = width(likelihood);
    float[][] one = {outputs[0]};
    boolean density = step < 1;
    double[] expected = new double[width * width];
    for (float first = low; first <= high; first += step) {
      for (float second = low; second <= high; second += step) {
        float[][] gradients = new float[1][4 + width];
        double mass =
            Math.exp(
                -likelihood.negativeLogLikelihood(
                    one, 4, target(likelihood, first, second), 1, gradients));
        for (int i = 0; i < expected.length; i++) {
          expected[i] +=
              (density ? mass * step * step : mass)
                  * gradients[0][4 + i / width]
                  * gradients[0][4 + i % width];
        }
      }
    }
    double[] found = likelihood.information(outputs[0], 4, width);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-4 * (1 + expected[i]), "entry " + i);
    }
  }

  /** Integrates over all pairs of numbers, in the units of the set: the Jacobian is part of it. */
  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "heteroscedastic"})
  void isADensityInTheUnitsOfTheTargets(String name) {
    Likelihood likelihood = learnt(name);
    double step = 0.5;
    double sum = 0;
    double mean = 0;
    double square = 0;
    for (double first = -60; first < 60; first += step) {
      for (double second = -60; second < 60; second += step) {
        double mass = density(likelihood, (float) first, (float) second) * step * step;
        sum += mass;
        mean += mass * first;
        square += mass * first * first;
      }
    }
    assertEquals(1, sum, 1e-6);
    assertMoments(likelihood, mean, square - mean * mean);
  }

  private void assertMoments(Likelihood likelihood, double mean, double variance) {
    ValueDistribution first = likelihood.distribution(outputs, 4, 0, width(likelihood));
    assertEquals(mean, first.mean(), 1e-5 * Math.abs(mean));
    assertEquals(variance, first.epistemicVariance() + first.aleatoricVariance(), 1e-5 * variance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"poisson", "bernoulli"})
  void givesProbabilitiesThatAddUpToOne(String name) {
    Likelihood likelihood = learnt(name);
    int most = name.equals("bernoulli") ? 1 : 150;
    double sum = 0;
    double mean = 0;
    double square = 0;
    for (int first = 0; first <= most; first++) {
      for (int second = 0; second <= most; second++) {
        double probability = density(likelihood, first, second);
        sum += probability;
        mean += probability * first;
        square += probability * first * first;
      }
    }
    assertEquals(1, sum, 1e-6);
    assertMoments(likelihood, mean, square - mean * mean);
  }

  /** Both targets of one sample are independent. */
  @ParameterizedTest
  @ValueSource(strings = {"gaussian", "heteroscedastic", "poisson", "bernoulli"})
  void predictsTheDistributionsWhoseLikelihoodItIs(String name) {
    Likelihood likelihood = learnt(name);
    float[][] one = {outputs[1]};
    Target target = target(likelihood, 1, 0);
    double log = 0;
    for (int k = 0; k < 2; k++) {
      log += likelihood.distribution(one, 4, k, target.outputs()).logLikelihood(1 - k);
    }
    assertEquals(-log, likelihood.negativeLogLikelihood(one, 4, target, 1, new float[1][8]), 1e-9);
  }

  /** By the textbook's formulas, for one sample and one target. */
  @Test
  void agreesWithTheClosedForms() {
    assertLoss(Likelihood.gaussian(), new float[] {0.5f}, 2, 0.5 * Math.log(2 * Math.PI) + 1.125);
    double scale = Math.log(1 + Math.exp(-1)) + 1e-3;
    assertLoss(
        Likelihood.heteroscedastic(),
        new float[] {0.5f, -1},
        2,
        Math.log(scale) + 0.5 * Math.log(2 * Math.PI) + 1.125 / (scale * scale));
    assertLoss(Likelihood.poisson(), new float[] {0.5f}, 3, Math.exp(0.5) - 1.5 + Math.log(6));
    assertLoss(Likelihood.bernoulli(), new float[] {0.5f}, 1, Math.log(1 + Math.exp(-0.5)));
    assertLoss(Likelihood.bernoulli(), new float[] {0.5f}, 0, Math.log(1 + Math.exp(0.5)));
  }

  private static void assertLoss(
      Likelihood likelihood, float[] outputs, float value, double expected) {
    Target target = new Target(new Targets.Values(new float[] {value}, 1), 0, outputs.length);
    float[][] gradients = new float[1][outputs.length];
    assertEquals(
        expected,
        likelihood.negativeLogLikelihood(new float[][] {outputs}, 0, target, 1, gradients),
        1e-9,
        likelihood.name());
  }

  @Test
  void staysFiniteForExtremeOutputs() {
    for (String name : List.of("gaussian", "heteroscedastic", "bernoulli")) {
      Likelihood likelihood = Likelihood.parse(name);
      int width = name.equals("heteroscedastic") ? 2 : 1;
      float[][] extreme = {new float[width], new float[width]};
      Arrays.fill(extreme[0], -3000);
      Arrays.fill(extreme[1], -2900);
      float[][] gradients = new float[2][width];
      Target one = new Target(new Targets.Values(new float[] {1}, 1), 0, width);
      double nll = likelihood.negativeLogLikelihood(extreme, 0, one, 1, gradients);
      assertTrue(Double.isFinite(nll) && nll > 1000, name + " " + nll);
      assertTrue(Float.isFinite(gradients[0][0]) && Float.isFinite(gradients[1][0]), name);
    }
  }

  /** With one sample the mean squared error is the variance of the lowest loss. */
  @Test
  void learnsTheNoiseOfTheHighestLikelihood() {
    Likelihood before = learnt("gaussian");
    double[] errors = new double[2];
    for (int i = 0; i < 4; i++) {
      double[] own = before.observe(new float[][] {{0.5f, -1}}, 0, counts(i));
      errors[0] += own[0] / 4;
      errors[1] += own[1] / 4;
    }
    double best = loss(before.learn(errors, 1));
    for (double factor : new double[] {0.98, 1.02}) {
      double[] other = {errors[0] * factor, errors[1] * factor};
      assertTrue(loss(before.learn(other, 1)) > best, "variance times " + factor);
    }
    Likelihood slow = before.learn(errors, 0.25);
    assertEquals(0.75 + 0.25 * errors[0], slow.learned().variances().get(0), 1e-12);
  }

  private static Target counts(int index) {
    return new Target(set(COUNTS).targets(0, 1, 2, 3), index, 2);
  }

  private static double loss(Likelihood likelihood) {
    float[][] same = {{0.5f, -1}};
    return IntStream.range(0, 4)
        .mapToDouble(i -> likelihood.negativeLogLikelihood(same, 0, counts(i), 1, new float[1][2]))
        .sum();
  }

  /** The step of an expectation maximisation never lowers the likelihood, with samples as well. */
  @Test
  void neverRaisesTheLossOfSeveralSamplesByItsNoise() {
    Likelihood likelihood = learnt("gaussian");
    float[][] samples = {{0.5f, -1}, {-1, 0.25f}, {2, 2}};
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 20; round++) {
      double[] errors = new double[2];
      double loss = 0;
      for (int i = 0; i < 4; i++) {
        double[] own = likelihood.observe(samples, 0, counts(i));
        errors[0] += own[0] / 4;
        errors[1] += own[1] / 4;
        loss += likelihood.negativeLogLikelihood(samples, 0, counts(i), 1, new float[3][2]);
      }
      assertTrue(loss <= before + 1e-12, "round " + round);
      before = loss;
      likelihood = likelihood.learn(errors, 1);
    }
  }

  @Test
  void learnsTheScaleOfTheTargets() {
    Likelihood.Learned learned = learnt("gaussian").learned();
    assertEquals(List.of("first", "second"), learned.targets());
    assertEquals(5, learned.means().get(0), 1e-12);
    assertEquals(Math.sqrt((4 + 0 + 25 + 9) / 4.0), learned.deviations().get(0), 1e-12);
    assertEquals(List.of(1.0, 1.0), learned.variances());
    assertEquals(learnt("gaussian"), Likelihood.of(learned));
  }

  @ParameterizedTest
  @ValueSource(strings = {"categorical", "gaussian", "heteroscedastic", "poisson", "bernoulli"})
  void isNamedAndParsed(String name) {
    Likelihood likelihood = Likelihood.parse(name);
    assertEquals(name, likelihood.name());
    assertEquals(name, likelihood.toString());
    assertEquals(likelihood, Likelihood.of(likelihood.learned()));
  }

  @Test
  void refusesAnUnknownName() {
    assertRefused(
        () -> Likelihood.parse("normal"),
        "the likelihood is 'normal', expected categorical, gaussian, heteroscedastic, poisson or"
            + " bernoulli");
  }

  @Test
  void measuresTheDensityAveragedOverSamples() {
    Likelihood likelihood = learnt("gaussian");
    Assessment assessment = likelihood.assess(2, 2);
    Targets targets = set(COUNTS).targets(0, 1);
    List<float[]> samples = List.of(new float[] {0, 0, 1, 0}, new float[] {1, 1, 0, 0});
    assessment.add(targets, samples);

    float[][] given = samples.toArray(float[][]::new);
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      Target target = new Target(targets, i, 2);
      sum += likelihood.negativeLogLikelihood(given, 2 * i, target, 1, new float[2][4]);
    }
    assertEquals(sum / 2, assessment.nll(), 1e-12);
    assertEquals(assessment.nll(), assessment.loss());
    double first = deviation(0);
    double second = deviation(1);
    // Means are 5 and 2, to which each row adds half a deviation where one sample says 1.
    double squares =
        square(3 - 5 - first / 2)
            + square(0 - 2 - second / 2)
            + square(5 - 5 - first / 2)
            + square(1 - 2);
    assertEquals(Math.sqrt(squares / 4), assessment.score().value(), 1e-9);
    assertEquals("rmse", assessment.score().name());
  }

  private static double deviation(int target) {
    return learnt("gaussian").learned().deviations().get(target);
  }

  private static double square(double number) {
    return number * number;
  }

  @Test
  void countsTheLabelsThatAreRight() {
    Assessment assessment = Likelihood.bernoulli().assess(2, 1);
    assessment.add(set(BITS).targets(0, 1), List.of(new float[] {1, -1, -1, 2}));
    assertEquals(0.75, assessment.score().accuracy());
  }

  /**
   * Three examples of four have the first label and one has the second: over the training set both
   * sides of each add up to half of the examples. Scores, and the NLL of a validation, know no
   * weights.
   */
  @Test
  void balancesBothSidesOfEachLabel() {
    Likelihood balanced = Likelihood.bernoulli().balanced(set(BITS));
    float[] logits = {0.5f, -1, 0.5f, -1, 0.5f, -1, 0.5f, -1};
    Assessment assessment = balanced.assess(2, 1);
    assessment.add(set(BITS).targets(0, 1, 2, 3), List.of(logits));
    double sides = 0;
    for (double logit : new double[] {0.5, -1}) {
      sides += (Math.log(1 + Math.exp(-logit)) + Math.log(1 + Math.exp(logit))) / 2;
    }
    assertEquals(sides, assessment.loss(), 1e-9);
    double nll =
        (3 * Math.log(1 + Math.exp(-0.5)) + Math.log(1 + Math.exp(0.5))) / 4
            + (Math.log(1 + Math.exp(1)) + 3 * Math.log(1 + Math.exp(-1))) / 4;
    assertEquals(nll, assessment.nll(), 1e-9);
    assertEquals(0.75, assessment.score().accuracy());
    assertEquals(learnt("bernoulli"), balanced.unweighted());
    Likelihood certain =
        Likelihood.bernoulli().balanced(set(new float[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}}));
    assertLoss(certain, new float[] {0.5f}, 1, Math.log(1 + Math.exp(-0.5)));
  }

  @Test
  void mixesLabelsByTheirShares() {
    Likelihood likelihood = Likelihood.bernoulli();
    Targets.Mixed mixed =
        new Targets.Mixed(
            new Targets.Values(new float[] {1, 0}, 2),
            new Targets.Values(new float[] {0, 0}, 2),
            new float[] {0.75f});
    likelihood.requireFit(mixed, 2, i -> "example " + i);
    float[][] one = {{0.5f, -1}};
    float[][] gradients = new float[1][2];
    Target target = new Target(mixed, 0, 2);
    likelihood.negativeLogLikelihood(one, 0, target, 1, gradients);
    assertEquals(1 / (1 + Math.exp(-0.5)) - 0.75, gradients[0][0], 1e-6);
    assertEquals(1 / (1 + Math.exp(1)), gradients[0][1], 1e-6);
    assertEquals((0.75 + 1) / 2, likelihood.score(one, 0, target), 1e-12);
    assertRefused(
        () -> Likelihood.gaussian().requireFit(mixed, 2, i -> "example " + i),
        "the targets are mixed of two examples each, expected numbers of single examples for the"
            + " gaussian likelihood: train without mixup");
  }

  @Test
  void refusesTargetsThatItDoesNotExplain() {
    assertMisfit(
        "poisson", 1.5f, "the target 1.5, expected a count, 0, 1, 2, ...: regress other numbers");
    assertMisfit("poisson", -1, "the target -1.0, expected a count");
    assertMisfit("bernoulli", 2, "the target 2.0, expected 1 where the label holds and 0 where");
    assertMisfit("gaussian", Float.NaN, "the target NaN, expected a finite number: leave");
    assertRefused(
        () ->
            Likelihood.gaussian()
                .requireFit(new Targets.Labels(new int[1]), 1, i -> "example " + i),
        "the targets are classes, expected numbers of single examples for the gaussian likelihood:"
            + " take the categorical one");
    assertRefused(
        () ->
            Likelihood.categorical()
                .requireFit(new Targets.Values(new float[1], 1), 1, i -> "example " + i),
        "the targets are numbers, expected classes for the categorical likelihood: train with"
            + " another, such as gaussian");
  }

  private static void assertMisfit(String name, float value, String found) {
    Targets targets = new Targets.Values(new float[] {0, value}, 1);
    Likelihood likelihood = Likelihood.parse(name);
    int outputs = name.equals("heteroscedastic") ? 2 : 1;
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> likelihood.requireFit(targets, outputs, i -> "example " + i));
    assertTrue(e.getMessage().startsWith("example 1 has " + found), e.getMessage());
  }

  @Test
  void refusesSetsThatDoNotFit() {
    Dataset set = set(COUNTS);
    assertRefused(
        () -> Likelihood.heteroscedastic().requireFit(set, 2),
        "numbers has 2 targets, for which the heteroscedastic likelihood takes 4 outputs, but the"
            + " network has 2: end it with 4");
    Dataset other =
        Dataset.ofValues("other", Shape.features(1), List.of("a", "b"), new float[4][1], COUNTS);
    assertRefused(
        () -> learnt("gaussian").requireFit(other, 2),
        "other has the targets [a, b], expected [first, second], which the network was trained on:"
            + " give the same in the same order");
    Dataset classes = Dataset.of("classes", Shape.features(1), 2, new float[2][1], new int[2]);
    assertRefused(
        () -> Likelihood.gaussian().requireFit(classes, 2),
        "classes has classes as targets, expected numbers for the gaussian likelihood: take the"
            + " categorical one");
    assertRefused(
        () -> Likelihood.categorical().requireFit(set, 2),
        "numbers has the numbers [first, second] as targets, expected classes for the categorical"
            + " likelihood: train with another, such as gaussian");
    assertRefused(
        () -> Likelihood.gaussian().balanced(set),
        "the loss of numbers is to be balanced between classes, expected the categorical or"
            + " bernoulli likelihood, not gaussian: train without balance");
  }

  private static void assertRefused(Runnable use, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use::run).getMessage());
  }
}
