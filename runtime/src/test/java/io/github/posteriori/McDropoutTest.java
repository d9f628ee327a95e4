package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class McDropoutTest {
  private static final int HIDDEN = 4;
  private static final int CLASSES = 3;
  private static final double DROPPED = 0.3;
  private static final double[] EXAMPLE = {0.9, 0.2, 0.6};
  private static final int SAMPLES = 40_000;

  private static Chain dropping(String engine) {
    return Chain.of(
        ModuleOptions.defaults().withSeed(5).withEngine(engine).withEstimator(Estimator.POINT),
        build -> {
          NetworkLayer fc1 = build.linear("fc1", Shape.features(EXAMPLE.length), HIDDEN, true);
          NetworkLayer act = build.activation("act", fc1.output(), Activation.SOFTPLUS);
          NetworkLayer drop = build.dropout("drop", act.output(), DROPPED);
          NetworkLayer fc2 = build.linear("fc2", drop.output(), CLASSES, true);
          return List.<NetworkLayer[]>of(
              new NetworkLayer[] {fc1, act}, new NetworkLayer[] {drop}, new NetworkLayer[] {fc2});
        });
  }

  /** Mean and variance of each logit over all masks, each weighted by its probability. */
  private record Enumerated(double[] means, double[] variances) {
    static Enumerated of(BayesModule module) {
      double[] hidden = hidden(module);
      double[] means = new double[CLASSES];
      double[] squares = new double[CLASSES];
      for (int mask = 0; mask < 1 << HIDDEN; mask++) {
        double probability = 1;
        double[] kept = new double[HIDDEN];
        for (int i = 0; i < HIDDEN; i++) {
          boolean keeps = (mask >> i & 1) == 1;
          probability *= keeps ? 1 - DROPPED : DROPPED;
          kept[i] = keeps ? hidden[i] / (1 - DROPPED) : 0;
        }
        double[] logits = linear(module, "fc2", kept);
        for (int k = 0; k < CLASSES; k++) {
          means[k] += probability * logits[k];
          squares[k] += probability * logits[k] * logits[k];
        }
      }
      for (int k = 0; k < CLASSES; k++) {
        squares[k] -= means[k] * means[k];
      }
      return new Enumerated(means, squares);
    }

    private static double[] hidden(BayesModule module) {
      double[] hidden = linear(module, "fc1", EXAMPLE);
      for (int i = 0; i < HIDDEN; i++) {
        hidden[i] = Math.log1p(Math.exp(hidden[i]));
      }
      return hidden;
    }
  }

  private static double[] linear(BayesModule module, String layer, double[] x) {
    double[] weights = numbers(module, layer + ".weight");
    double[] y = numbers(module, layer + ".bias");
    for (int k = 0; k < y.length; k++) {
      for (int i = 0; i < x.length; i++) {
        y[k] += weights[k * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] numbers(BayesModule module, String name) {
    return module.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .numbers();
  }

  private static INDArray example() {
    return Nd4j.create(new double[][] {EXAMPLE});
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "vector"})
  void logitsHaveTheMeanAndVarianceOfAllMasks(String engine) {
    Chain module = dropping(engine);
    module.predictor(Predictor.mcDropout());
    int samples = engine.equals("vector") ? SAMPLES : SAMPLES / 10;
    double[] means = new double[CLASSES];
    double[] squares = new double[CLASSES];
    new PosteriorPasses(module, samples)
        .run(
            new float[] {0.9f, 0.2f, 0.6f},
            1,
            0,
            logits -> {
              for (int k = 0; k < CLASSES; k++) {
                means[k] += logits[k] / samples;
                squares[k] += (double) logits[k] * logits[k] / samples;
              }
            });
    Enumerated exact = Enumerated.of(module);
    for (int k = 0; k < CLASSES; k++) {
      double deviation = Math.sqrt(exact.variances()[k]);
      assertTrue(deviation > 0.05, "the masks make a difference");
      assertEquals(exact.means()[k], means[k], 5 * deviation / Math.sqrt(samples));
      assertEquals(
          1,
          (squares[k] - means[k] * means[k]) / exact.variances()[k],
          5 * Math.sqrt(2.0 / samples),
          "variance of logit " + k);
    }
  }

  @Test
  void predictionsOfAnImageDoNotDependOnItsBatch() {
    Chain module = dropping("vector");
    module.predictor(Predictor.mcDropout());
    double[] alone = module.predict(example(), 30).probabilities().toDoubleVector();
    INDArray batch = Nd4j.concat(0, example(), example().mul(0.5));
    INDArray together = module.predict(batch, 30).probabilities();
    assertArrayEquals(alone, together.getRow(0).toDoubleVector(), 1e-5);
    assertArrayEquals(
        alone, module.sample(batch, 30).get(0).prediction().probabilities().toDoubleVector(), 1e-5);
  }

  @Test
  void uncertaintyIsThatOfTheMasks() {
    Chain module = dropping("vector");
    assertEquals(0, module.predict(example(), 30).epistemic().sumNumber().doubleValue(), 1e-12);
    module.predictor(Predictor.mcDropout());
    Prediction prediction = module.predict(example(), 30);
    assertTrue(prediction.epistemic().sumNumber().doubleValue() > 1e-3);
    INDArray p = prediction.probabilities();
    assertArrayEquals(
        p.sub(p.mul(p)).toDoubleVector(),
        prediction.epistemic().add(prediction.aleatoric()).toDoubleVector(),
        1e-9);
  }

  @Test
  void aNetworkThatDropsNothingIsRefused() {
    Chain module = Chain.small(ModuleOptions.defaults(), CLASSES);
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> module.predictor(Predictor.mcDropout()));
    assertTrue(refusal.getMessage().contains("@Dropout"), refusal.getMessage());
  }

  @Test
  void trainingReturnsToThePosterior() {
    Chain module = dropping("vector");
    module.predictor(Predictor.mcDropout());
    float[][] examples = {{0.1f, 0.2f, 0.3f}, {0.3f, 0.2f, 0.1f}};
    Dataset set = Dataset.of("two", Shape.features(3), CLASSES, examples, new int[] {0, 1});
    Trainer.of(module, TrainingOptions.defaults().withEpochs(1)).fit(set);
    assertSame(Predictor.posterior(), module.predictor());
  }
}
