package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mixed targets and weighted classes, through whole networks. */
class WeightedLossesTest {
  private static final int IMAGES = 8;
  private static final NoiseKey NOISE = NoiseKey.training(2, 5);
  private static final float[] PIXELS = NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, 144);
  private static final Targets.Labels LABELS =
      new Targets.Labels(new int[] {0, 0, 1, 2, 0, 0, 1, 0});

  private static Chain module(String engine, Estimator estimator) {
    return Chain.small(
        ModuleOptions.defaults()
            .withSeed(4)
            .withEngine(engine)
            .withEstimator(estimator)
            .withActivation(Activation.SOFTPLUS),
        3);
  }

  private static Dataset unbalanced(int count, int stream) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = NoiseKey.training(3, stream).of(1).uniform(i, 1, 144);
      labels[i] = i % 10 == 0 ? 2 : i % 10 < 3 ? 1 : 0;
    }
    return Dataset.of("unbalanced", Shape.image(1, 12, 12), 3, images, labels);
  }

  private static Objective objective(Targets targets) {
    Likelihood likelihood = Likelihood.categorical().balanced(unbalanced(50, 0));
    return (first, count, logits, gradients) -> {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        Likelihood.Target target = new Likelihood.Target(targets, first + i, 3);
        sum += likelihood.negativeLogLikelihood(logits, i * 3, target, 10, gradients);
      }
      return 10 * sum;
    };
  }

  private static StepRequest request(Targets targets, int samples) {
    return new StepRequest(PIXELS, IMAGES, NOISE, samples, 0, objective(targets));
  }

  private static Targets mixed() {
    int[] next = new int[IMAGES];
    float[] shares = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      next[i] = LABELS.classes()[(i + 1) % IMAGES];
      shares[i] = (i + 1) / 10f;
    }
    return new Targets.Mixed(LABELS, new Targets.Labels(next), shares);
  }

  /** The slope along the gradient is its length. */
  @ParameterizedTest
  @CsvSource({
    "vector,LRT,1",
    "vector,BBB,3",
    "vector,POINT,1",
    "nd4j,LRT,3",
    "nd4j,BBB,1",
    "nd4j,POINT,1"
  })
  void theGradientIsThatOfTheValue(String engine, Estimator estimator, int samples) {
    for (Targets targets : List.of(LABELS, mixed())) {
      Chain module = module(engine, estimator);
      module.runner().gradients(request(targets, samples));
      List<float[]> gradients = new ArrayList<>();
      double squares = 0;
      for (Parameter parameter : module.parameters()) {
        float[] gradient = Numbers.gradients(parameter);
        gradients.add(gradient);
        for (float value : gradient) {
          squares += (double) value * value;
        }
      }
      double length = Math.sqrt(squares);
      double step = 1e-2;
      double up = value(module, gradients, step / length, targets, samples);
      double down = value(module, gradients, -2 * step / length, targets, samples);
      assertEquals(1, (up - down) / (2 * step) / length, 5e-3);
    }
  }

  private static double value(
      Chain module, List<float[]> gradients, double by, Targets targets, int samples) {
    for (int p = 0; p < gradients.size(); p++) {
      float[] values = Numbers.of(module.parameters().get(p));
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (by * gradients.get(p)[i]);
      }
      module.parameters().get(p).write(values);
    }
    return module.runner().gradients(request(targets, samples)).objective();
  }

  @Test
  void theEnginesAgree() {
    for (Targets targets : List.of(LABELS, mixed())) {
      Chain one = module("vector", Estimator.LRT);
      Chain two = module("nd4j", Estimator.LRT);
      Losses expected = one.runner().gradients(request(targets, 2));
      Losses found = two.runner().gradients(request(targets, 2));
      assertEquals(expected.objective(), found.objective(), 1e-4 * expected.objective());
      for (int p = 0; p < one.parameters().size(); p++) {
        float[] first = Numbers.gradients(one.parameters().get(p));
        float[] second = Numbers.gradients(two.parameters().get(p));
        float largest = 0;
        for (float value : first) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertArrayEquals(first, second, 1e-4f * largest);
      }
    }
  }

  @Test
  void balancingKeepsTheScaleOfTheLossBesideTheKlDivergence() {
    List<TrainingStep.Report> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(TrainingStep.Report report) {
            steps.add(report);
          }
        };
    Chain module = module("vector", Estimator.LRT);
    for (Parameter parameter : module.parameters()) {
      // A network that says one third of every class.
      parameter.write(filled(parameter.size(), parameter.name().endsWith("mu") ? 0 : -30));
    }
    Dataset train = unbalanced(100, 0);
    Trainer.of(
            module,
            TrainingOptions.defaults()
                .withEpochs(1)
                .withBatch(100)
                .withBeta(new Beta.Constant(0.1))
                .withBalance(true))
        .listen(listener)
        .fit(train);
    assertEquals(Math.log(3), steps.get(0).nll(), 1e-5);
    assertEquals(100 * steps.get(0).nll() + 0.1 * steps.get(0).kl(), steps.get(0).loss(), 1e-6);
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }

  /** Noise tells nothing of the classes: without weights the most common one is always right. */
  @Test
  void aBalancedTrainingBelievesInNoClassBeforehand() {
    TrainingOptions options =
        TrainingOptions.defaults()
            .withEpochs(3)
            .withBatch(50)
            .withLearningRate(3e-3)
            .withBeta(new Beta.Constant(1));
    double[] rare = new double[2];
    for (int run = 0; run < 2; run++) {
      Chain module = module("vector", Estimator.LRT);
      List<EpochReport> reports =
          Trainer.of(module, options.withBalance(run == 1))
              .fit(unbalanced(500, 0), unbalanced(100, 1));
      EpochReport.Validation valid = reports.get(2).valid().orElseThrow();
      assertEquals(
          run == 0,
          Math.abs(valid.loss() - 500 * valid.nll() - reports.get(2).kl()) < 1e-6,
          "the validation loss is the one that is trained for");
      try (var batches = io.github.posteriori.data.Batches.of(unbalanced(100, 1), 100)) {
        float[] images = batches.next().images();
        var array = org.nd4j.linalg.factory.Nd4j.create(images, new long[] {100, 1, 12, 12}, 'c');
        rare[run] =
            module.predict(array, 5).probabilities().getColumn(2).meanNumber().doubleValue();
      }
    }
    assertEquals(0.1, rare[0], 0.05);
    assertTrue(rare[1] > 0.25, "the rare class gets " + rare[1]);
  }
}
