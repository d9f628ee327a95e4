package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.Averaging;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.ReplicatedExchange;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shards exchange, and when, decides which weights they reach. */
@Timeout(120)
class ExchangeTest {
  private static final int CLASSES = 3;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withEpochs(4)
          .withBatch(16)
          .withOptimiser(Optimiser.sgd(0.9))
          .withLearningRate(1e-4)
          .withBeta(new Beta.Constant(0.1));

  private static Dataset noise(int count) {
    float[][] images = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = NoiseKey.training(3, 0).of(1).uniform(i, 1, 144);
      labels[i] = i % CLASSES;
    }
    return Dataset.of("noise", Shape.image(1, 12, 12), CLASSES, images, labels);
  }

  private static Chain module(Estimator estimator) {
    return Chain.small(ModuleOptions.defaults().withSeed(4).withEstimator(estimator), CLASSES);
  }

  private static Chain trained(TrainingOptions options, String exchange, int shards) {
    Chain module = module(Estimator.LRT);
    Trainer.of(module, options)
        .shards(shards, () -> module(Estimator.LRT), Exchange.parse(exchange))
        .fit(noise(60));
    return module;
  }

  private static double distance(BayesModule one, BayesModule other) {
    double squares = 0;
    for (int p = 0; p < one.parameters().size(); p++) {
      float[] a = Numbers.of(one.parameters().get(p));
      float[] b = Numbers.of(other.parameters().get(p));
      for (int i = 0; i < a.length; i++) {
        squares += Math.pow(a[i] - b[i], 2);
      }
    }
    return Math.sqrt(squares);
  }

  private static void assertSame(BayesModule expected, BayesModule found) {
    for (int p = 0; p < expected.parameters().size(); p++) {
      assertArrayEquals(
          Numbers.of(expected.parameters().get(p)), Numbers.of(found.parameters().get(p)));
    }
  }

  @ParameterizedTest
  @CsvSource({"gradients, 0, 0", "bfloat16, 1e-5, 0.02", "local:1, 1e-9, 1e-4"})
  void itComesNearTheStepsOfWholeBatches(String exchange, double least, double most) {
    Chain start = module(Estimator.LRT);
    Chain whole = module(Estimator.LRT);
    Trainer.of(whole, OPTIONS).exchange(GradientExchange.shards(3)).fit(noise(60));
    Chain found = trained(OPTIONS, exchange, 3);
    double off = distance(whole, found) / distance(whole, start);
    assertTrue(off >= least && off <= most, "off by " + off);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradients", "bfloat16", "local:3", "merge"})
  void oneShardHasNothingToExchange(String exchange) {
    Chain alone = module(Estimator.LRT);
    Trainer.of(alone, OPTIONS).fit(noise(60));
    assertSame(alone, trained(OPTIONS, exchange, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "local:3"})
  void aResumedTrainingEndsWithTheSameBytes(String exchange) {
    TrainingOptions options = OPTIONS.withOptimiser(Optimiser.adam()).withLearningRate(1e-3);
    Chain stopped = module(Estimator.LRT);
    Trainer first =
        Trainer.of(stopped, options)
            .shards(2, () -> module(Estimator.LRT), Exchange.parse(exchange));
    List<TrainingState> states = new ArrayList<>();
    first.listen(
        new TrainingListener() {
          @Override
          public void epochDone(EpochReport report) {
            states.add(first.state());
            if (report.epoch() == 2) {
              throw new IllegalStateException("stopped");
            }
          }
        });
    assertThrows(IllegalStateException.class, () -> first.fit(noise(60)));
    Trainer.of(stopped, options)
        .shards(2, () -> module(Estimator.LRT), Exchange.parse(exchange))
        .resume(states.get(1))
        .fit(noise(60));
    assertSame(trained(options, exchange, 2), stopped);
  }

  /** Two trainings by hand, each with its half of the batches, whose weights are averaged. */
  @Test
  void shardsTakeStepsOnTheirOwnAndAreAveraged() {
    Chain[] halves = {module(Estimator.POINT), module(Estimator.POINT)};
    Chain together = module(Estimator.POINT);
    int size = 8;
    List<TrainingStep.Request> steps = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      float[] images = NoiseKey.training(5, i).of(1).uniform(0, 1, size * 144);
      int[] labels = {0, 1, 2, 0, 1, 2, 0, i};
      steps.add(new TrainingStep.Request(new Batch(images, labels, size, i * size), 0, 1e-3));
    }
    List<List<TrainingStep.Report>> apart = new ArrayList<>();
    List<OptimiserState> states = new ArrayList<>();
    for (int h = 0; h < 2; h++) {
      TrainingStep own = step(halves[h], GradientExchange.none());
      int from = h * size / 2;
      apart.add(
          own.run(
              steps.stream()
                  .map(
                      all ->
                          new TrainingStep.Request(
                              all.batch().slice(from, size / 2), 0, all.learningRate()))
                  .toList()));
      states.add(own.state());
    }
    TrainingStep divided =
        step(
            together,
            new ReplicatedExchange(
                2, Exchange.local(3), new ModuleCopies(together, () -> module(Estimator.POINT))));
    List<TrainingStep.Report> reports = divided.run(steps);
    assertEquals(3, divided.state().steps());
    for (int p = 0; p < together.parameters().size(); p++) {
      Parameter own = together.parameters().get(p);
      assertArrayEquals(
          mean(
              Numbers.of(halves[0].parameters().get(p)), Numbers.of(halves[1].parameters().get(p))),
          Numbers.of(own));
      String square = Optimiser.Adam.SQUARE;
      assertArrayEquals(
          mean(
              states.get(0).slot(own.name(), square, own.size()),
              states.get(1).slot(own.name(), square, own.size())),
          divided.state().slot(own.name(), square, own.size()));
    }
    for (int i = 0; i < 3; i++) {
      TrainingStep.Report one = apart.get(0).get(i);
      TrainingStep.Report other = apart.get(1).get(i);
      assertEquals((one.nll() + other.nll()) / 2, reports.get(i).nll(), 1e-9);
      assertEquals((one.loss() + other.loss()) / 2, reports.get(i).loss(), 1e-6);
      assertEquals(one.score() + other.score(), reports.get(i).score());
      assertEquals(size, reports.get(i).images());
    }
  }

  private static float[] mean(float[] one, float[] other) {
    float[] mean = new float[one.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (0.5 * one[i] + 0.5 * other[i]);
    }
    return mean;
  }

  private static TrainingStep step(Chain module, GradientExchange exchange) {
    return new TrainingStep(
        module.runner(),
        module.network(),
        new TrainingStep.Setup(Likelihood.categorical(), Optimiser.adam(), 60, 4, 1, exchange));
  }

  private static Chain linear(double priorSigma) {
    return Chain.of(
        ModuleOptions.defaults()
            .withSeed(2)
            .withPriors(Priors.defaults().withSigma(priorSigma).withRhoMean(-4)),
        build -> {
          var fc = build.bayesLinear("fc1", Shape.features(2), 1, false);
          return List.of(new NetworkLayer[][] {{fc}});
        });
  }

  /**
   * Of a linear model with Gaussian noise the posterior has a closed form. Without the prior's
   * share the deviation would be a quarter too small, and that of a part is half as large again.
   */
  @Test
  void mergedPartsOfALinearModelHaveThePosteriorOfAllExamples() {
    int count = 2000;
    int parts = 4;
    double priorSigma = 0.03; // whose precision is a quarter of what the examples add
    float[][] x = new float[count][];
    float[][] y = new float[count][];
    float[] noise = NoiseKey.training(6, 0).of(1).uniform(0, 1, count);
    for (int i = 0; i < count; i++) {
      x[i] = new float[] {i % 2 * 2 - 1, i / 2 % 2 * 2 - 1};
      y[i] = new float[] {0.3f * x[i][0] - 0.1f * x[i][1] + noise[i] - 0.5f};
    }
    Chain module = linear(priorSigma);
    Numbers.change(module.parameters().get(0), mean -> 0); // near where it leads
    Trainer.of(
            module,
            TrainingOptions.defaults()
                .withEpochs(200)
                .withBatch(count)
                .withLearningRate(0.02)
                .withLikelihood(Likelihood.gaussian()))
        .shards(parts, () -> linear(priorSigma), Exchange.merge())
        .fit(Dataset.ofValues("linear", Shape.features(2), List.of("y"), x, y));

    Likelihood.Learned learned = module.likelihood().learned();
    double variance = learned.variances().get(0);
    Posterior posterior = module.network().sampledPosteriors().get(0);
    for (int k = 0; k < 2; k++) {
      double precision = 1 / (priorSigma * priorSigma);
      double shift = 0;
      for (int i = 0; i < count; i++) {
        double standardised = (y[i][0] - learned.means().get(0)) / learned.deviations().get(0);
        precision += x[i][k] * x[i][k] / variance;
        shift += x[i][k] * standardised / variance;
      }
      double sigma = 1 / Math.sqrt(precision);
      assertEquals(sigma, posterior.sigmas()[k], 0.1 * sigma);
      assertEquals(shift / precision, posterior.mu().numbers()[k], 0.5 * sigma);
    }
  }

  @Test
  void aTrainingOfMergedPartsIsNotResumed() {
    Chain module = module(Estimator.LRT);
    Trainer trainer =
        Trainer.of(module, OPTIONS).shards(2, () -> module(Estimator.LRT), Exchange.merge());
    trainer.fit(noise(60));
    TrainingState state = trainer.state();
    trainer.resume(state);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(noise(60)))
            .getMessage()
            .endsWith("train from the start"));
  }

  @Test
  void mergedPartsHaveNoWeightsToAverage() {
    Chain module = module(Estimator.LRT);
    Trainer trainer =
        Trainer.of(module, OPTIONS.withAveraging(Averaging.lastEpochs(2)))
            .shards(2, () -> module(Estimator.LRT), Exchange.merge());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(noise(60)))
            .getMessage()
            .startsWith("the averaging is swa:2, expected none"));
  }

  @Test
  void aMixtureAsPriorHasNoQuotient() {
    Priors mixture = Priors.defaults().withMixture(0.5, 0.1, 0.002);
    Chain module = Chain.small(ModuleOptions.defaults().withPriors(mixture), CLASSES);
    Trainer trainer =
        Trainer.of(module, OPTIONS)
            .shards(
                2,
                () -> Chain.small(ModuleOptions.defaults().withPriors(mixture), CLASSES),
                Exchange.merge());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(noise(60)))
            .getMessage()
            .startsWith("the prior of conv1.W_mu is "));
  }

  @Test
  void curvatureIsAveragedToo() {
    TrainingOptions options = OPTIONS.withOptimiser(Optimiser.ivon()).withLearningRate(0.05);
    Chain whole = module(Estimator.BBB);
    Chain local = module(Estimator.BBB);
    Chain start = module(Estimator.BBB);
    Trainer.of(whole, options).fit(noise(60));
    Trainer.of(local, options)
        .shards(2, () -> module(Estimator.BBB), Exchange.local(2))
        .fit(noise(60));
    double off = distance(whole, local) / distance(whole, start);
    assertTrue(off < 0.3, "off by " + off);
  }
}
