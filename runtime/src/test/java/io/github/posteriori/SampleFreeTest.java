package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.drawn.DrawnNetwork;
import io.github.posteriori.engine.Engines;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.moments.MomentsRunner;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Metrics;
import io.github.posteriori.uncertainty.Normalisation;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SampleFreeTest {
  private static final int SAMPLES = 2000;

  /** Means and variances of the logits, {@code [images, classes]}. */
  private record Logits(double[] means, double[] variances) {

    static Logits propagated(BayesModule module, float[] images, int count) {
      Logits logits = of(count * module.outputShape().size());
      new MomentsRunner(module.network(), module.engine())
          .forward(
              images,
              count,
              (first, means, variances) -> {
                int at = first * module.outputShape().size();
                for (int i = 0; i < means.length; i++) {
                  logits.means[at + i] = means[i];
                  logits.variances[at + i] = variances[i];
                }
              });
      return logits;
    }

    static Logits sampled(BayesModule module, float[] images, int count, int samples) {
      Logits sums = of(count * module.outputShape().size());
      module
          .runner()
          .forward(
              images,
              count,
              NoiseKey.evaluation(1, 0),
              samples,
              logits -> {
                for (int i = 0; i < logits.length; i++) {
                  sums.means[i] += logits[i] / (double) samples;
                  sums.variances[i] += logits[i] * (double) logits[i] / samples;
                }
              });
      for (int i = 0; i < sums.means.length; i++) {
        sums.variances[i] -= sums.means[i] * sums.means[i];
      }
      return sums;
    }

    private static Logits of(int size) {
      return new Logits(new double[size], new double[size]);
    }

    /** The largest difference of a mean, in standard deviations. */
    double shift(Logits other) {
      double most = 0;
      for (int i = 0; i < means.length; i++) {
        double deviation = Math.sqrt(variances[i]) + 1e-3;
        most = Math.max(most, Math.abs(means[i] - other.means[i]) / deviation);
      }
      return most;
    }

    /** The mean ratio of the standard deviations of {@code other} to these. */
    double spread(Logits other) {
      double sum = 0;
      for (int i = 0; i < means.length; i++) {
        sum += Math.sqrt(other.variances[i] / variances[i]) / means.length;
      }
      return sum;
    }
  }

  private static float[] images(Shape shape, int count) {
    return NoiseKey.training(5, 0).of(0).uniform(0, count, shape.size());
  }

  private static Chain lenet(ModuleOptions options) {
    return Chain.small(options, 4);
  }

  private static ModuleOptions wide(String engine, Activation activation) {
    return ModuleOptions.defaults()
        .withEngine(engine)
        .withActivation(activation)
        .withPriors(Priors.defaults().withRhoMean(-2));
  }

  /** Two linear layers: every weight once in a logit, so variances are known exactly. */
  private static Chain linear(Estimator estimator) {
    return Chain.of(
        wide("vector", Activation.RELU).withEstimator(estimator),
        build -> {
          var a = build.bayesLinear("a", Shape.features(6), 5, true);
          var b = build.bayesLinear("b", a.output(), 3, true);
          return List.of(new NetworkLayer[] {a}, new NetworkLayer[] {b});
        });
  }

  @Test
  void aLinearNetworkHasExactlyTheMomentsOfItsSamples() {
    Chain module = linear(Estimator.LRT);
    float[] images = images(Shape.features(6), 3);
    Logits expected = Logits.sampled(module, images, 3, 20 * SAMPLES);
    Logits found = Logits.propagated(module, images, 3);
    assertTrue(
        expected.shift(found) < 5 / Math.sqrt(20 * SAMPLES), () -> "" + expected.shift(found));
    for (int i = 0; i < expected.variances.length; i++) {
      assertEquals(1, found.variances[i] / expected.variances[i], 0.05, "logit " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RELU", "SOFTPLUS", "TANH"})
  void aSmallLeNetHasTheMomentsOfItsSamples(Activation activation) {
    Chain module = lenet(wide("vector", activation));
    float[] images = images(module.inputShape(), 5);
    Logits expected = Logits.sampled(module, images, 5, SAMPLES);
    Logits found = Logits.propagated(module, images, 5);
    assertTrue(expected.shift(found) < 0.2, () -> "means are off by " + expected.shift(found));
    assertEquals(1, expected.spread(found), 0.05, "deviations");
  }

  @TestFactory
  Stream<DynamicTest> drawnNetworksAgreeInBothEngines() {
    return LongStream.range(0, 24)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "network " + seed,
                    () -> {
                      DrawnNetwork network = DrawnNetwork.small(seed);
                      Function<String, Logits> run =
                          engine -> {
                            BayesModule module =
                                network.module(
                                    ModuleOptions.defaults().withSeed(seed).withEngine(engine));
                            float[] images = images(network.input(), 5);
                            return Logits.propagated(module, images, 5);
                          };
                      Logits expected = run.apply("nd4j");
                      Logits found = run.apply("vector");
                      near(expected.means, found.means, network);
                      near(expected.variances, found.variances, network);
                    }));
  }

  private static void near(double[] expected, double[] found, DrawnNetwork network) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertArrayEquals(expected, found, 2e-4 * size + 1e-9, network::toString);
  }

  @Test
  void shallowDrawnNetworksAgreeWithSamples() {
    double[] shifts =
        LongStream.range(0, 60)
            .mapToObj(DrawnNetwork::small)
            .filter(network -> network.layers().size() <= 6)
            .mapToDouble(
                network -> {
                  BayesModule module =
                      network.module(
                          ModuleOptions.defaults().withSeed(network.seed()).withEngine("vector"));
                  if (module.network().sampledPosteriors().isEmpty()) {
                    return 0;
                  }
                  float[] images = images(network.input(), 2);
                  Logits expected = Logits.sampled(module, images, 2, 400);
                  return expected.shift(Logits.propagated(module, images, 2));
                })
            .filter(shift -> shift > 0)
            .sorted()
            .toArray();
    assertTrue(shifts.length >= 10, () -> "networks: " + shifts.length);
    assertTrue(shifts[shifts.length / 2] < 0.3, () -> Arrays.toString(shifts));
    assertTrue(shifts[shifts.length - 1] < 1, () -> Arrays.toString(shifts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "vector"})
  void predictsLikeManySamples(String engine) {
    Chain module = lenet(wide(engine, Activation.RELU));
    INDArray images = Nd4j.create(images(module.inputShape(), 6), new long[] {6, 1, 12, 12});
    for (Normalisation normalisation : Normalisation.values()) {
      Prediction expected = module.predict(images, 500, normalisation);
      Prediction found = module.predictMoments(images, normalisation);
      close(expected.probabilities(), found.probabilities(), 0.03);
      close(expected.epistemic(), found.epistemic(), 0.01);
      close(expected.aleatoric(), found.aleatoric(), 0.01);
      close(expected.entropy(), found.entropy(), 0.05);
      close(expected.mutualInformation(), found.mutualInformation(), 0.05);
      assertEquals(0, found.samples());
    }
  }

  private static void close(INDArray expected, INDArray found, double bound) {
    assertArrayEquals(expected.data().asDouble(), found.data().asDouble(), bound);
  }

  @Test
  void aPointEstimateIsPredictedAsBySampling() {
    Chain module = lenet(ModuleOptions.defaults().withEstimator(Estimator.POINT));
    INDArray images = Nd4j.create(images(module.inputShape(), 3), new long[] {3, 1, 12, 12});
    close(
        module.predict(images, 1).probabilities(),
        module.predictMoments(images).probabilities(),
        1e-6);
    assertEquals(0, module.predictMoments(images).epistemic().sumNumber().doubleValue());
  }

  @Test
  void newWeightsArePredictedWith() {
    Chain module = lenet(ModuleOptions.defaults());
    INDArray images = Nd4j.create(images(module.inputShape(), 2), new long[] {2, 1, 12, 12});
    module.predictMoments(images);
    module.parameters().forEach(parameter -> Numbers.change(parameter, x -> x * 0.5 - 0.1));
    close(
        lenetWithWeightsOf(module).predictMoments(images).probabilities(),
        module.predictMoments(images).probabilities(),
        0);
  }

  private static Chain lenetWithWeightsOf(Chain module) {
    Chain other = lenet(ModuleOptions.defaults());
    for (int i = 0; i < other.parameters().size(); i++) {
      other.parameters().get(i).write(Numbers.of(module.parameters().get(i)));
    }
    return other;
  }

  @Test
  void resultsHaveTheSameBitsOnAnyNumberOfThreads() {
    Chain module = lenet(wide("vector", Activation.RELU));
    int count = 150;
    INDArray images =
        Nd4j.create(images(module.inputShape(), count), new long[] {count, 1, 12, 12});
    int threads = Runtime.getRuntime().availableProcessors();
    Prediction expected = module.predictMoments(images);
    try {
      for (int n : new int[] {1, 3}) {
        Engines.named("vector").useThreads(n);
        Prediction found = module.predictMoments(images);
        close(expected.probabilities(), found.probabilities(), 0);
        close(expected.epistemic(), found.epistemic(), 0);
      }
    } finally {
      Engines.named("vector").useThreads(threads);
    }
  }

  @Test
  void joinsAddMeansAndVariancesOfIndependentBranches() {
    List<BiFunction<io.github.posteriori.build.ModuleBuilder, Shape, Graph.Wiring>> wirings =
        List.of(
            (build, shape) -> Wirings.addOfFeatures(build),
            (build, shape) -> Wirings.concatOfFeatures(build));
    for (var wiring : wirings) {
      Shape shape = Shape.features(6);
      Graph module =
          Graph.of(wide("vector", Activation.RELU), shape, build -> wiring.apply(build, shape));
      float[] images = images(shape, 3);
      Logits expected = Logits.sampled(module, images, 3, SAMPLES);
      Logits found = Logits.propagated(module, images, 3);
      for (int i = 0; i < expected.means.length; i++) {
        double error = 5 * Math.sqrt(Math.max(expected.variances[i], 0) / SAMPLES) + 2e-3;
        assertEquals(expected.means[i], found.means[i], error, "mean " + i);
        assertEquals(expected.variances[i], found.variances[i], 0.2 * expected.variances[i] + 1e-4);
      }
    }
  }

  @Test
  void theEvaluatorMeasuresTheSamePredictions() {
    Chain module = lenet(wide("vector", Activation.RELU));
    int count = 20;
    float[] pixels = images(module.inputShape(), count);
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(pixels, i * 144, (i + 1) * 144);
    }
    Dataset set = Dataset.of("noise", Shape.image(1, 12, 12), 4, rows, new int[count]);
    Evaluator evaluator = Evaluator.sampleFree(module, 7);
    Metrics metrics = evaluator.evaluate(set);
    INDArray whole =
        module.predictMoments(Nd4j.create(pixels, new long[] {count, 1, 12, 12})).probabilities();
    double nll = 0;
    for (int i = 0; i < count; i++) {
      nll -= Math.log(whole.getDouble(i, 0)) / count;
    }
    assertEquals(nll, metrics.nll(), 1e-5);
    evaluator.predict(
        set,
        (batch, predictions) ->
            assertEquals(
                whole.getDouble(batch.first(), 1),
                predictions.get(Normalisation.SOFTMAX).probabilities().getDouble(0, 1),
                1e-6));
  }

  @Test
  void aNetworkOfImagesHasNoClassesToPredict() {
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
            build -> {
              var conv =
                  build.bayesConv("conv", Shape.image(1, 5, 5), Filters.of(2, Window.kernel(3, 3)));
              return List.of(new NetworkLayer[][] {{conv}});
            });
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> module.predictMoments(Nd4j.zeros(1, 1, 5, 5)));
    assertTrue(e.getMessage().contains("end it with a linear layer"), e.getMessage());
  }

  @Test
  void isOfThePosteriorAlone() {
    Chain ensemble = lenet(ModuleOptions.defaults());
    INDArray one = Nd4j.zeros(ensemble.inputShape().batch(1));
    assertEquals(4, ensemble.predictMoments(one).probabilities().size(1));
    ensemble.predictor(Predictor.ensemble(List.of(lenet(ModuleOptions.defaults().withSeed(2)))));
    String message =
        assertThrows(IllegalStateException.class, () -> ensemble.predictMoments(one)).getMessage();
    assertTrue(message.contains("predicts by ensemble, expected by the posterior"), message);
  }
}
