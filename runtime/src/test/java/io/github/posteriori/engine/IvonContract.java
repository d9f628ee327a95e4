package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** IVON, against ten steps by PyTorch, closed forms, and itself. */
abstract class IvonContract {
  private static final int IMAGES = 70;
  private static final int CLASSES = 3;
  private static final float[] PIXELS = random(1, IMAGES * 2 * 9 * 9);
  private static final float[] FACTORS = random(2, IMAGES * CLASSES);
  private static final double BETA = 0.3;
  private static final Optimiser.Ivon PLAIN =
      Optimiser.ivon().withClipRadius(Double.POSITIVE_INFINITY).withRescaling(true);
  private static final Optimiser.Ivon IVON =
      PLAIN.withHessian(0.1).withDecays(0.8, 0.99).forTraining(500, BETA);

  private static final Objective WEIGHTED_SUM =
      (first, count, logits, gradients) -> {
        double sum = 0;
        for (int s = 0; s < logits.length; s++) {
          for (int i = 0; i < count * CLASSES; i++) {
            gradients[s][i] = FACTORS[first * CLASSES + i] * (s + 1);
            sum += (double) gradients[s][i] * logits[s][i];
          }
        }
        return sum;
      };

  protected abstract String engine();

  private BayesModule linear(int weights, Priors priors, boolean bayesian) {
    ModuleOptions options =
        ModuleOptions.defaults()
            .withEngine(engine())
            .withEstimator(Estimator.BBB)
            .withPriors(priors);
    Shape input = Shape.features(weights);
    return Chain.of(
        options,
        build ->
            List.<NetworkLayer[]>of(
                new NetworkLayer[] {
                  bayesian
                      ? build.bayesLinear("fc", input, 1, false)
                      : build.linear("fc", input, 1, false)
                }));
  }

  /** Writes gradients by weights that were drawn with {@code eps}, as a pass leaves them. */
  private static void writeGradients(Posterior posterior, double[] gradient, double[] eps) {
    double[] rho = posterior.rho().numbers();
    float[] byMu = new float[rho.length];
    float[] byRho = new float[rho.length];
    for (int i = 0; i < rho.length; i++) {
      byMu[i] = (float) gradient[i];
      byRho[i] = (float) (gradient[i] * eps[i] / (1 + Math.exp(-rho[i])));
    }
    posterior.mu().writeGradient(0, byMu.length, byMu, 0);
    posterior.rho().writeGradient(0, byRho.length, byRho, 0);
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    Arrays.setAll(numbers, i -> array.get(i).asDouble());
    return numbers;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }

  private static void assertNear(double[] expected, double[] found, double tolerance, String what) {
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < expected.length; i++) {
      double bound = tolerance * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], found[i], bound, what + " of weight " + i);
    }
  }

  @Test
  void tenStepsAreThoseOfPyTorch() throws IOException {
    JsonNode given;
    try (InputStream steps = IvonContract.class.getResourceAsStream("/ivon/steps.json")) {
      given = new ObjectMapper().readTree(steps);
    }
    Optimiser.Ivon ivon =
        PLAIN
            .withHessian(given.get("hessian").asDouble())
            .withDecays(given.get("meanDecay").asDouble(), given.get("hessianDecay").asDouble())
            .withClipRadius(given.get("clipRadius").asDouble())
            .forTraining(given.get("images").asInt(), given.get("beta").asDouble());
    double sigma = 1 / Math.sqrt(ivon.effectiveSize() * given.get("weightDecay").asDouble());
    double[] start = numbers(given.get("start"));
    BayesModule module = linear(start.length, Priors.defaults().withSigma(sigma), true);
    Posterior posterior = module.network().sampledPosteriors().get(0);
    posterior.mu().write(floats(start));
    OptimiserRunner runner = module.runner().optimiser(ivon);
    runner.start();
    for (JsonNode step : given.get("steps")) {
      double[] gradient = numbers(step.get("gradient"));
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= ivon.trainingImages();
      }
      writeGradients(posterior, gradient, numbers(step.get("eps")));
      runner.apply(given.get("learningRate").asDouble());
      String when = " after step " + runner.state().steps();
      Map<String, float[]> slots = runner.state().slots().get("fc.W_mu");
      assertNear(numbers(step.get("mu")), posterior.mu().numbers(), 1e-5, "mu" + when);
      assertNear(numbers(step.get("sigma")), posterior.sigmas(), 1e-6, "sigma" + when);
      assertNear(
          numbers(step.get("momentum")), doubles(slots.get("momentum")), 1e-5, "momentum" + when);
      assertNear(
          numbers(step.get("hessian")), doubles(slots.get("hessian")), 1e-5, "hessian" + when);
    }
    assertEquals(10, runner.state().steps());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aLearningRateThatIsNotRescaledIsThatOfThePreconditionedGradient(boolean rescaled) {
    double sigma = 0.5;
    BayesModule module = linear(1, Priors.defaults().withSigma(sigma), true);
    Posterior posterior = module.network().sampledPosteriors().get(0);
    posterior.mu().write(new float[] {0.25f});
    Optimiser.Ivon ivon = PLAIN.withHessian(0.4).withRescaling(rescaled).forTraining(20, 1);
    OptimiserRunner runner = module.runner().optimiser(ivon);
    runner.start();
    writeGradients(posterior, new double[] {20 * 0.7}, new double[] {0});
    runner.apply(0.1);
    double d = 1 / (20 * sigma * sigma);
    double h = 0.4 * ivon.hessianDecay();
    h += Math.pow((1 - ivon.hessianDecay()) * 0.4, 2) / (2 * (0.4 + d));
    double step = (0.7 + d * 0.25) / (h + d);
    double rate = rescaled ? 0.1 * (0.4 + d) : 0.1;
    assertEquals(0.25 - rate * step, posterior.mu().numbers()[0], 1e-6);
  }

  @Test
  void weightsWithoutGradientsReturnToTheirPrior() {
    BayesModule module = linear(20, Priors.defaults().withMu(0.3).withSigma(0.2), true);
    Posterior posterior = module.network().sampledPosteriors().get(0);
    Optimiser.Ivon ivon = PLAIN.withDecays(0.5, 0.9).forTraining(50, 1);
    OptimiserRunner runner = module.runner().optimiser(ivon);
    runner.start();
    for (int t = 0; t < 200; t++) {
      writeGradients(posterior, new double[20], new double[20]);
      runner.apply(0.3);
    }
    double[] priorMeans = new double[20];
    double[] priorDeviations = new double[20];
    Arrays.fill(priorMeans, 0.3);
    Arrays.fill(priorDeviations, 0.2);
    assertNear(priorMeans, posterior.mu().numbers(), 1e-5, "mu");
    assertNear(priorDeviations, posterior.sigmas(), 1e-5, "sigma");
    assertEquals(0, module.kl(), 1e-4);
  }

  @Test
  void valuesWithoutAPosteriorDescendWithMomentum() {
    BayesModule module = linear(37, Priors.defaults(), false);
    Parameter weight = module.parameters().get(0);
    Optimiser.Ivon ivon =
        PLAIN.withHessian(0.2).withDecays(0.7, 0.9).withClipRadius(4).forTraining(50, 1);
    OptimiserRunner runner = module.runner().optimiser(ivon);
    double[] expected = weight.numbers();
    double[] momentum = new double[37];
    for (int t = 1; t <= 4; t++) {
      float[] gradient = new float[37];
      for (int i = 0; i < 37; i++) {
        gradient[i] = (float) (50 * (0.04 * i - 0.1 * t));
        momentum[i] = 0.7 * momentum[i] + 0.3 * gradient[i] / 50;
        double step = momentum[i] / (1 - Math.pow(0.7, t)) / 0.2;
        expected[i] -= 0.1 * 0.2 * Math.max(-4, Math.min(4, step));
      }
      weight.writeGradient(0, 37, gradient, 0);
      runner.apply(0.1);
      assertNear(expected, weight.numbers(), 2e-6, "step " + t);
    }
    assertEquals(Set.of("momentum"), runner.state().slots().get("fc.weight").keySet());
  }

  /**
   * Each weight meets inputs that no other meets, so that the posterior of the weights given
   * targets with Gaussian noise is a product of N(mean, 1 / precision).
   */
  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"LRT", "BBB"})
  void findsThePosteriorOfALinearGaussianModel(Estimator estimator) {
    int weights = 32;
    int images = 2 * weights;
    float[] pixels = new float[images * weights];
    double[] targets = new double[images];
    double[] precision = new double[weights];
    double[] mean = new double[weights];
    double noise = 0.5;
    double beta = 0.5;
    double priorSigma = 0.4;
    Arrays.fill(precision, beta / (priorSigma * priorSigma));
    for (int i = 0; i < images; i++) {
      int j = i % weights;
      double x = 0.5 + 1.5 * i / images;
      pixels[i * weights + j] = (float) x;
      targets[i] = x * Math.sin(j) + 0.3 * (i < weights ? 1 : -1);
      precision[j] += x * x / (noise * noise);
      mean[j] += x * targets[i] / (noise * noise);
    }
    Objective squares =
        (first, count, logits, gradients) -> {
          double sum = 0;
          for (int i = 0; i < count; i++) {
            double residual = logits[0][i] - targets[first + i];
            gradients[0][i] = (float) (residual / (noise * noise));
            sum += residual * residual / (2 * noise * noise);
          }
          return sum;
        };
    ModuleOptions options =
        ModuleOptions.defaults()
            .withEngine(engine())
            .withEstimator(estimator)
            .withPriors(Priors.defaults().withSigma(priorSigma));
    Chain module =
        Chain.of(
            options,
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {
                      build.bayesLinear("fc", Shape.features(weights), 1, false)
                    }));
    Optimiser.Ivon ivon = PLAIN.withHessian(0.3).withDecays(0.9, 0.99).forTraining(images, beta);
    OptimiserRunner runner = module.runner().optimiser(ivon);
    runner.start();
    int steps = 600;
    for (int t = 0; t < steps; t++) {
      NoiseKey key = NoiseKey.training(3, t);
      runner.step(
          new StepRequest(pixels, images, key, 1, beta, squares), 2 * (1 - (double) t / steps));
    }
    Posterior posterior = module.network().sampledPosteriors().get(0);
    double[] mu = posterior.mu().numbers();
    double[] sigma = posterior.sigmas();
    double ratios = 0;
    for (int j = 0; j < weights; j++) {
      double variance = beta / precision[j];
      assertEquals(mean[j] / precision[j], mu[j], 0.4 * Math.sqrt(variance), "mean of " + j);
      double ratio = sigma[j] * sigma[j] / variance;
      assertEquals(1, ratio, 0.35, "variance of " + j);
      ratios += ratio / weights;
    }
    assertEquals(1, ratios, 0.05, "mean ratio of the variances");
  }

  /**
   * With outputs of more weights than are worked on at a time, a layer without a posterior and, if
   * {@code meets}, one at which all images meet.
   */
  private BayesModule module(Estimator estimator, boolean meets) {
    ModuleOptions options =
        ModuleOptions.defaults().withSeed(3).withEngine(engine()).withEstimator(estimator);
    return Chain.of(options, build -> layers(build, meets));
  }

  private static List<NetworkLayer[]> layers(ModuleBuilder build, boolean meets) {
    Filters filters = Filters.of(45, Window.kernel(3, 3));
    NetworkLayer conv = build.bayesConv("conv", Shape.image(2, 9, 9), filters);
    NetworkLayer norm =
        meets
            ? build.batchNorm("norm", conv.output())
            : build.avgPool("norm", conv.output(), Window.kernel(1, 1));
    NetworkLayer act = build.activation("act", norm.output(), Activation.SOFTPLUS);
    NetworkLayer flatten = build.flatten("flatten", act.output());
    NetworkLayer fc1 = build.bayesLinear("fc1", flatten.output(), 31, true);
    NetworkLayer fc2 = build.linear("fc2", fc1.output(), CLASSES, true);
    return Stream.of(
            new NetworkLayer[] {conv},
            new NetworkLayer[] {norm, act},
            new NetworkLayer[] {flatten},
            new NetworkLayer[] {fc1},
            new NetworkLayer[] {fc2})
        .toList();
  }

  private static StepRequest request(int step, int samples, Objective objective) {
    return new StepRequest(PIXELS, IMAGES, NoiseKey.training(5, step), samples, BETA, objective);
  }

  @ParameterizedTest
  @CsvSource({"LRT, 1, true", "BBB, 1, false", "BBB, 2, true", "POINT, 1, true"})
  void aStepIsThatOfTheDefinition(Estimator estimator, int samples, boolean meets) {
    BayesModule expected =
        Chain.of(
            ModuleOptions.defaults().withSeed(3).withEngine("nd4j").withEstimator(estimator),
            build -> layers(build, meets));
    BayesModule found = module(estimator, meets);
    OptimiserRunner definition = expected.runner().optimiser(IVON);
    OptimiserRunner runner = found.runner().optimiser(IVON);
    definition.start();
    runner.start();
    for (int step = 0; step < 2; step++) {
      definition.step(request(step, samples, WEIGHTED_SUM), 0.02);
      runner.step(request(step, samples, WEIGHTED_SUM), 0.02);
    }
    assertTwins(expected, definition, found, runner, 2e-4);
  }

  @ParameterizedTest
  @CsvSource({"LRT, 1, true", "BBB, 1, false", "BBB, 2, true"})
  void aStepIsItsGradientsAndTheirUse(Estimator estimator, int samples, boolean meets) {
    BayesModule expected = module(estimator, meets);
    BayesModule found = module(estimator, meets);
    OptimiserRunner inTwo = expected.runner().optimiser(IVON);
    OptimiserRunner atOnce = found.runner().optimiser(IVON);
    inTwo.start();
    atOnce.start();
    for (int step = 0; step < 2; step++) {
      StepRequest request = request(step, samples, WEIGHTED_SUM);
      Losses losses = expected.runner().gradients(request.withoutDivergence());
      inTwo.apply(0.02);
      assertEquals(losses.objective(), atOnce.step(request, 0.02).objective(), 1e-3);
    }
    assertTwins(expected, inTwo, found, atOnce, 1e-5);
  }

  private static void assertTwins(
      BayesModule expected,
      OptimiserRunner expectedRunner,
      BayesModule found,
      OptimiserRunner runner,
      double tolerance) {
    OptimiserState same = expectedRunner.state();
    OptimiserState state = runner.state();
    assertEquals(2, state.steps());
    assertEquals(same.slots().keySet(), state.slots().keySet());
    for (int p = 0; p < found.parameters().size(); p++) {
      Parameter parameter = found.parameters().get(p);
      String name = parameter.name();
      assertClose(Numbers.of(expected.parameters().get(p)), Numbers.of(parameter), tolerance, name);
      Map<String, float[]> slots = state.slots().getOrDefault(name, Map.of());
      slots.forEach(
          (slot, values) ->
              assertClose(same.slots().get(name).get(slot), values, tolerance, name + " " + slot));
    }
  }

  private static void assertClose(float[] expected, float[] found, double tolerance, String what) {
    double scale = 1e-3;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], tolerance * scale, what + " " + i);
    }
  }

  @Test
  void deviationsStartFromTheCurvatureAndThePrior() {
    BayesModule module = module(Estimator.BBB, false);
    Optimiser.Ivon ivon = PLAIN.withHessian(0.05).forTraining(500, BETA);
    module.runner().optimiser(ivon).start();
    for (Posterior posterior : module.network().sampledPosteriors()) {
      double priorPrecision = 1 / Math.pow(posterior.prior().sigma(), 2);
      double sigma = 1 / Math.sqrt(500 / BETA * 0.05 + priorPrecision);
      for (double found : posterior.sigmas()) {
        assertEquals(sigma, found, 1e-6 * sigma, posterior.rho().name());
      }
    }
  }

  @Test
  void aRestoredOneGoesOnToTheSameBits() {
    BayesModule module = module(Estimator.BBB, true);
    OptimiserRunner whole = module.runner().optimiser(IVON);
    whole.start();
    whole.step(request(0, 1, WEIGHTED_SUM), 0.02);
    OptimiserState state = whole.state();
    List<float[]> values = module.parameters().stream().map(Numbers::of).toList();
    whole.step(request(1, 1, WEIGHTED_SUM), 0.02);

    BayesModule resumed = module(Estimator.BBB, true);
    for (int p = 0; p < values.size(); p++) {
      resumed.parameters().get(p).write(values.get(p));
    }
    OptimiserRunner half = resumed.runner().optimiser(IVON);
    half.restore(state);
    half.step(request(1, 1, WEIGHTED_SUM), 0.02);
    for (int p = 0; p < values.size(); p++) {
      Parameter parameter = module.parameters().get(p);
      assertArrayEquals(
          Numbers.of(parameter), Numbers.of(resumed.parameters().get(p)), 0f, parameter.name());
    }
    assertEquals(2, half.state().steps());
    assertEquals(1, state.steps(), "a state is a copy");
  }

  @Test
  void changesNothingThatIsTrainedWhereTheLossIsNotFinite() {
    BayesModule module = module(Estimator.BBB, true);
    OptimiserRunner runner = module.runner().optimiser(IVON);
    runner.start();
    List<Parameter> trained = module.parameters().stream().filter(Parameter::trained).toList();
    List<float[]> before = trained.stream().map(Numbers::of).toList();
    Objective infinite =
        (first, count, logits, gradients) ->
            WEIGHTED_SUM.evaluate(first, count, logits, gradients) / (first == 0 ? 0 : 1);
    Losses losses = runner.step(request(0, 1, infinite), 0.02);
    assertFalse(Double.isFinite(losses.loss(BETA)));
    for (int p = 0; p < trained.size(); p++) {
      assertArrayEquals(before.get(p), Numbers.of(trained.get(p)), 0f, trained.get(p).name());
    }
    assertEquals(0, runner.state().steps());
    runner
        .state()
        .slots()
        .forEach(
            (parameter, slots) -> {
              assertArrayEquals(new float[slots.get("momentum").length], slots.get("momentum"));
              for (float h : slots.getOrDefault("hessian", new float[0])) {
                assertEquals((float) IVON.hessian(), h, parameter);
              }
            });
  }

  @Test
  void theStateOfAdamIsRefused() {
    BayesModule module = linear(5, Priors.defaults(), true);
    OptimiserState ofAdam = module.runner().optimiser(Optimiser.adam()).state();
    OptimiserRunner ivon = module.runner().optimiser(IVON);
    assertEquals(
        "the optimiser's state has nothing for fc.W_mu.momentum, expected 5: it belongs to another"
            + " network or optimiser",
        assertThrows(IllegalArgumentException.class, () -> ivon.restore(ofAdam)).getMessage());
  }

  @Test
  void theNumberOfTrainingImagesMustBeKnown() {
    BayesModule module = linear(5, Priors.defaults(), true);
    assertEquals(
        "IVON knows no number of training images, by which its deviations scale: train with"
            + " Trainer, or state it with Ivon.forTraining(images, beta)",
        assertThrows(IllegalStateException.class, () -> module.runner().optimiser(Optimiser.ivon()))
            .getMessage());
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }
}
