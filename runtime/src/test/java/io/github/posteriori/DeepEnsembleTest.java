package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Standardisation;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Normalisation;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DeepEnsembleTest {
  private static final int IMAGES = 5;
  private static final int CLASSES = 3;
  private static final float[] PIXELS = NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, 144);

  @TempDir private Path folder;

  private static Chain member(Estimator estimator, int seed) {
    ModuleOptions options =
        ModuleOptions.defaults()
            .withSeed(seed)
            .withEstimator(estimator)
            .withPriors(Priors.ofPyTorchBayesianCnn().withRhoMean(-1));
    return Chain.small(options, CLASSES);
  }

  private static INDArray images() {
    return Nd4j.create(PIXELS, new long[] {IMAGES, 1, 12, 12}, 'c');
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 25})
  void predictsTheMeanOfTheMembersProbabilities(int samples) {
    List<Chain> members = List.of(member(Estimator.POINT, 1), member(Estimator.POINT, 2));
    Chain third = member(Estimator.POINT, 3);
    INDArray expected = third.predict(images(), 1).probabilities();
    for (Chain member : members) {
      expected = expected.add(member.predict(images(), 1).probabilities());
    }
    expected = expected.div(3);
    third.predictor(Predictor.ensemble(members));
    Prediction found = third.predict(images(), samples);
    assertArrayEquals(expected.data().asDouble(), found.probabilities().data().asDouble(), 1e-7);
    assertEquals(3, found.samples(), "point weights give one draw each");
    INDArray variance = found.epistemic().add(found.aleatoric());
    assertArrayEquals(
        expected.sub(expected.mul(expected)).data().asDouble(), variance.data().asDouble(), 1e-7);
    assertTrue(found.epistemic().sumNumber().doubleValue() > 1e-3, "the members differ");
    assertEquals(3, third.sample(images(), samples).get(0).probabilities().length);
  }

  @Test
  void evaluatesAndPredictsSetsByTheSameMean() {
    Chain module = member(Estimator.POINT, 1);
    module.predictor(Predictor.ensemble(List.of(member(Estimator.POINT, 2))));
    float[][] rows = new float[IMAGES][144];
    for (int i = 0; i < IMAGES; i++) {
      System.arraycopy(PIXELS, i * 144, rows[i], 0, 144);
    }
    Dataset set =
        Dataset.of("noise", Shape.image(1, 12, 12), CLASSES, rows, new int[] {0, 1, 2, 0, 1});
    INDArray probabilities = module.predict(images(), 1).probabilities();
    double nll = 0;
    for (int i = 0; i < IMAGES; i++) {
      nll -= Math.log(probabilities.getDouble(i, set.label(i))) / IMAGES;
    }
    Evaluator evaluator = new Evaluator(module, 1, 2);
    assertEquals(nll, evaluator.evaluate(set).nll(), 1e-6);
    evaluator.predict(
        set,
        (batch, predictions) ->
            assertArrayEquals(
                probabilities.getRow(batch.first()).toDoubleVector(),
                predictions.get(Normalisation.SOFTMAX).probabilities().getRow(0).toDoubleVector(),
                1e-6));
  }

  @Test
  void membersWithAPosteriorGiveADrawOfTheirOwnForEachSample() {
    Chain module = member(Estimator.LRT, 1);
    module.predictor(Predictor.ensemble(List.of(member(Estimator.LRT, 1))));
    assertTrue(module.predictor().isRandom(module));
    double[][] draws = module.sample(images(), 4).get(0).probabilities();
    assertEquals(8, draws.length);
    for (int s = 0; s < 4; s++) {
      assertTrue(draws[s][0] != draws[4 + s][0], "members of equal weights draw other noise");
    }
  }

  private static Chain counting(int seed, Dataset counts) {
    return trained(seed, counts, Likelihood.poisson());
  }

  private static Chain untrained(ModuleOptions options) {
    return Chain.of(
        options,
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {build.linear("fc", Shape.features(2), 1, true)}));
  }

  private static Chain trained(int seed, Dataset set, Likelihood likelihood) {
    Chain module = untrained(ModuleOptions.defaults().withSeed(seed));
    Trainer.of(module, TrainingOptions.defaults().withEpochs(1).withLikelihood(likelihood))
        .fit(set);
    return module;
  }

  /** By the law of total variance, from what the members predict alone. */
  @Test
  void numbersHaveTheMeanOfTheNoiseThatTheMembersLearned() {
    float[][] inputs = {{0.1f, 0.9f}, {0.7f, 0.4f}, {0.5f, 0.2f}};
    Dataset prices =
        Dataset.ofValues(
            "prices", Shape.features(2), List.of("rent"), inputs, new float[][] {{1}, {4}, {2}});
    Chain module = trained(1, prices, Likelihood.gaussian());
    INDArray examples = Nd4j.create(inputs);
    ValuePrediction first = module.predictValues(examples, 1);
    Chain other = trained(2, prices, Likelihood.gaussian());
    ValuePrediction second = other.predictValues(examples, 1);
    module.predictor(Predictor.ensemble(List.of(other)));
    assertPredictsTheMixture(first, second, module.predictValues(examples, 1));
    Path file = folder.resolve("ensemble.safetensors");
    module.save(file);
    Chain loaded =
        Checkpoint.load(file, module.definition(), (free, options) -> untrained(options));
    assertPredictsTheMixture(first, second, loaded.predictValues(examples, 1));
    assertEquals(
        new Evaluator(module, 1, 2).evaluateValues(prices).nll(),
        new Evaluator(loaded, 1, 2).evaluateValues(prices).nll());
  }

  private static void assertPredictsTheMixture(
      ValuePrediction first, ValuePrediction second, ValuePrediction found) {
    for (int i = 0; i < 3; i++) {
      double one = first.mean().getDouble(i, 0);
      double two = second.mean().getDouble(i, 0);
      double noise = square(first.aleatoricStd(), i) / 2 + square(second.aleatoricStd(), i) / 2;
      assertEquals((one + two) / 2, found.mean().getDouble(i, 0), 1e-6);
      assertEquals(noise, square(found.aleatoricStd(), i), 1e-6);
      assertEquals((one - two) * (one - two) / 4, square(found.epistemicStd(), i), 1e-6);
    }
    assertTrue(
        Math.abs(square(first.aleatoricStd(), 0) - square(second.aleatoricStd(), 0)) > 1e-3,
        "the members learned noise of their own");
  }

  private static double square(INDArray deviations, int row) {
    return deviations.getDouble(row, 0) * deviations.getDouble(row, 0);
  }

  @Test
  void countsArePredictedByTheMeanOfTheMembersRates() {
    float[][] inputs = {{0.1f, 0.9f}, {0.7f, 0.4f}, {0.5f, 0.2f}};
    float[][] targets = {{1}, {4}, {2}};
    Dataset counts =
        Dataset.ofValues("counts", Shape.features(2), List.of("visits"), inputs, targets);
    Chain module = counting(1, counts);
    Chain other = counting(2, counts);
    INDArray examples = Nd4j.create(inputs);
    INDArray expected =
        module
            .predictValues(examples, 1)
            .mean()
            .add(other.predictValues(examples, 1).mean())
            .div(2);
    module.predictor(Predictor.ensemble(List.of(other)));
    ValuePrediction found = module.predictValues(examples, 1);
    assertArrayEquals(expected.data().asDouble(), found.mean().data().asDouble(), 1e-9);
    assertEquals(2, found.samples());
    assertTrue(found.epistemicStd().sumNumber().doubleValue() > 1e-3, "the members differ");
    assertTrue(new Evaluator(module, 1, 2).evaluateValues(counts).nll() > 0);
  }

  @Test
  void membersThatDoNotFitAreRefused() {
    Chain module = member(Estimator.POINT, 1);
    for (Chain other :
        List.of(
            module,
            member(Estimator.BBB, 2),
            Chain.small(ModuleOptions.defaults().withEstimator(Estimator.POINT), 4))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> module.predictor(Predictor.ensemble(List.of(other))));
    }
    assertThrows(IllegalArgumentException.class, () -> Predictor.ensemble(List.of()));
  }

  @Test
  void membersThatLearnedSomethingElseAreRefusedWithTheReason() {
    assertOther("likelihood", known -> known.with(Likelihood.poisson()));
    assertOther("class names", known -> known.with(new ClassNames(List.of("a", "b", "c"))));
    Standardisation halved = new Standardisation(List.of(0f), List.of(2f));
    assertOther("standardisation", known -> known.with(halved));
  }

  private static void assertOther(String what, UnaryOperator<Learnt> change) {
    Chain module = member(Estimator.POINT, 1);
    Chain other = member(Estimator.POINT, 2);
    other.learn(change);
    String refused =
        assertThrows(
                IllegalArgumentException.class,
                () -> module.predictor(Predictor.ensemble(List.of(other))))
            .getMessage();
    assertTrue(refused.startsWith("a member of the ensemble has other " + what), refused);
  }
}
