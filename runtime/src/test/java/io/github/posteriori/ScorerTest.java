package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

/** An example's answer is that which it gets alone, whatever it is scored with. */
class ScorerTest {
  private static final int SAMPLES = 5;

  private static List<float[]> examples(int count, Shape shape) {
    List<float[]> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(NoiseKey.training(3, 0).of(1).uniform(i, 1, shape.size()));
    }
    return examples;
  }

  private static Chain module(Estimator estimator) {
    return Chain.small(
        ModuleOptions.defaults().withSeed(4).withEngine("vector").withEstimator(estimator), 3);
  }

  /** Scores all examples, as many at a time as {@code part}, in the order of {@code places}. */
  private static double[][] scores(
      BayesModule module, List<float[]> examples, List<Integer> places, int part) {
    Scorer scorer = Scorer.of(module, SAMPLES, 64);
    double[][] scores = new double[examples.size()][];
    for (int from = 0; from < places.size(); from += part) {
      List<Integer> own = places.subList(from, Math.min(places.size(), from + part));
      Prediction prediction = scorer.classes(own.stream().map(examples::get).toList());
      for (int i = 0; i < own.size(); i++) {
        scores[own.get(i)] = numbers(prediction, i);
      }
    }
    return scores;
  }

  private static double[] numbers(Prediction prediction, int row) {
    return Nd4j.concat(
            0,
            prediction.probabilities().getRow(row),
            prediction.epistemic().getRow(row),
            prediction.aleatoric().getRow(row),
            prediction.entropy().getScalar(row).reshape(1),
            prediction.mutualInformation().getScalar(row).reshape(1))
        .toDoubleVector();
  }

  private static void assertIndependent(BayesModule module) {
    List<float[]> examples = examples(90, module.inputShape());
    List<Integer> places = new ArrayList<>(LongStream.range(0, 90).mapToObj(i -> (int) i).toList());
    double[][] together = scores(module, examples, places, 64);
    Collections.shuffle(places, new Random(1));
    double[][] shuffled = scores(module, examples, places, 13);
    for (int i = 0; i < together.length; i++) {
      assertArrayEquals(together[i], shuffled[i], "example " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void bitsDoNotDependOnTheOthers(Estimator estimator) {
    assertIndependent(module(estimator));
  }

  @Test
  void bitsDoNotDependOnTheOthersInNetworksDrawnAtRandom() {
    long tried =
        LongStream.range(0, 24)
            .mapToObj(DrawnNetwork::small)
            .map(drawn -> drawn.module(ModuleOptions.defaults().withEngine("vector")))
            .filter(module -> module.outputShape() instanceof Shape.Features)
            .filter(module -> Scorer.of(module, SAMPLES, 64).batch() == 64)
            .peek(ScorerTest::assertIndependent)
            .count();
    assertTrue(tried >= 8, tried + " networks");
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void isThePredictionOfAnExampleAlone(Estimator estimator) {
    Chain module = module(estimator);
    List<float[]> examples = examples(9, module.inputShape());
    Prediction scored = Scorer.of(module, SAMPLES, 1).classes(examples);
    for (int i = 0; i < examples.size(); i++) {
      Prediction alone =
          module.predict(Nd4j.createFromArray(examples.get(i)).reshape(1, 1, 12, 12), SAMPLES);
      assertArrayEquals(numbers(alone, 0), numbers(scored, i), 1e-6);
    }
  }

  @Test
  void numbersArePredictedAlone() {
    Chain module = Chain.small(ModuleOptions.defaults().withEngine("vector"), 1);
    List<float[]> examples = examples(20, module.inputShape());
    float[][] values = new float[20][];
    Arrays.setAll(values, i -> new float[] {i});
    Dataset set =
        Dataset.ofValues(
            "numbers", module.inputShape(), List.of("y"), examples.toArray(float[][]::new), values);
    Trainer.of(
            module, TrainingOptions.defaults().withEpochs(1).withLikelihood(Likelihood.gaussian()))
        .fit(set);
    Scorer scorer = Scorer.of(module, SAMPLES, 64);
    double[] together = scorer.values(examples).epistemicStd().toDoubleVector();
    assertEquals(20, together.length);
    for (int i = 0; i < 20; i++) {
      ValuePrediction one = scorer.values(examples.subList(i, i + 1));
      assertEquals(together[i], one.epistemicStd().getDouble(0));
      ValuePrediction alone =
          module.predictValues(
              Nd4j.createFromArray(examples.get(i)).reshape(1, 1, 12, 12), SAMPLES);
      assertEquals(alone.mean().getDouble(0), one.mean().getDouble(0), 1e-5);
      assertEquals(alone.epistemicStd().getDouble(0), together[i], 1e-5);
    }
  }

  @Test
  void refusesWhatTheNetworkDoesNotTake() {
    Scorer scorer = Scorer.of(module(Estimator.LRT), SAMPLES, 65);
    assertEquals(128, scorer.batch());
    assertEquals(
        "the example has 143 numbers, expected 144 for [1, 12, 12]",
        assertThrows(IllegalArgumentException.class, () -> scorer.require(new float[143]))
            .getMessage());
    float[] bytes = new float[144];
    bytes[5] = 255;
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> scorer.require(bytes))
            .getMessage()
            .startsWith("the example has 255.0 at position 5 of [1, 12, 12], expected pixels"));
    assertThrows(IllegalArgumentException.class, () -> scorer.classes(List.of()));
    assertThrows(IllegalStateException.class, () -> scorer.values(List.of(new float[144])));
    assertThrows(
        IllegalArgumentException.class, () -> Scorer.of(module(Estimator.LRT), SAMPLES, 0));
  }
}
