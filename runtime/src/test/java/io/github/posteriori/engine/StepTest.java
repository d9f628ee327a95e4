package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A step of training is its gradients and the optimiser's step, however an engine does them. */
class StepTest {
  private static final int IMAGES = 70;
  private static final int CLASSES = 3;
  private static final float[] PIXELS = random(1, IMAGES * 2 * 9 * 9);
  private static final float[] FACTORS = random(2, IMAGES * CLASSES);
  private static final double BETA = 0.3;

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

  /**
   * With outputs of more weights than are worked on at a time.
   *
   * @param meets whether there are parameters beside weights and biases, of a layer at which all
   *     images meet
   */
  private static BayesModule module(String engine, Estimator estimator, boolean meets) {
    ModuleOptions options =
        ModuleOptions.defaults().withSeed(3).withEngine(engine).withEstimator(estimator);
    return Chain.of(DataType.FLOAT, options, build -> layers(build, meets));
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
    return List.of(
        new NetworkLayer[] {conv},
        new NetworkLayer[] {norm, act},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc1},
        new NetworkLayer[] {fc2});
  }

  @ParameterizedTest
  @CsvSource({
    "LRT, 1, true",
    "BBB, 1, true",
    "POINT, 1, true",
    "LRT, 2, true",
    "BBB, 2, true",
    "LRT, 1, false",
    "BBB, 2, false"
  })
  void changesWhatGradientsAndTheOptimiserChange(Estimator estimator, int samples, boolean meets) {
    BayesModule expected = module("vector", estimator, meets);
    BayesModule found = module("vector", estimator, meets);
    Engine engine = found.engine();
    Optimiser expectedAdam = engine.adam(expected.parameters());
    Optimiser adam = engine.adam(found.parameters());
    for (int step = 0; step < 3; step++) {
      NoiseKey key = NoiseKey.training(5, step);
      Engine.Losses losses =
          engine.gradients(expected.network(), PIXELS, IMAGES, key, samples, BETA, WEIGHTED_SUM);
      expectedAdam.step(0.01);
      assertEquals(
          losses,
          engine.step(
              found.network(), PIXELS, IMAGES, key, samples, BETA, WEIGHTED_SUM, adam, 0.01));
    }
    assertTwins(expected, expectedAdam, found, adam);
    BayesModule untrained = module("vector", estimator, meets);
    for (int p = 0; p < found.parameters().size(); p++) {
      String parameter = found.parameters().get(p).name();
      boolean isUsed = estimator != Estimator.POINT || !parameter.endsWith("rho");
      boolean isChanged =
          !Arrays.equals(
              numbers(untrained.parameters().get(p)), numbers(found.parameters().get(p)));
      assertEquals(isUsed, isChanged, parameter);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "vector"})
  void changesNothingThatIsTrainedWhereTheLossIsNotFinite(String name) {
    BayesModule expected = module(name, Estimator.LRT, true);
    BayesModule found = module(name, Estimator.LRT, true);
    Optimiser adam = found.engine().adam(found.parameters());
    NoiseKey key = NoiseKey.training(5, 0);
    Objective infinite =
        (first, count, logits, gradients) ->
            WEIGHTED_SUM.evaluate(first, count, logits, gradients) / (first == 0 ? 0 : 1);
    Engine.Losses losses =
        found.engine().step(found.network(), PIXELS, IMAGES, key, 1, BETA, infinite, adam, 0.01);
    assertFalse(Double.isFinite(losses.loss(BETA)));
    for (int p = 0; p < found.parameters().size(); p++) {
      Parameter parameter = found.parameters().get(p);
      if (parameter.trained()) {
        assertArrayEquals(
            numbers(expected.parameters().get(p)), numbers(parameter), 0f, parameter.name());
      }
    }
    Optimiser.State state = adam.state();
    assertEquals(0, state.steps());
    assertFalse(state.moments().isEmpty());
    for (Optimiser.Moments each : state.moments().values()) {
      assertArrayEquals(new float[each.mean().length], each.mean());
      assertArrayEquals(new float[each.square().length], each.square());
    }
  }

  /** A layer may describe its parameters anew whenever it is asked. */
  @Test
  void knowsParametersByTheirValues() {
    BayesModule module = module("vector", Estimator.LRT, true);
    List<Parameter> anew =
        module.parameters().stream()
            .map(p -> new Parameter(p.name(), p.value(), p.gradient(), p.trained()))
            .toList();
    List<float[]> before = module.parameters().stream().map(StepTest::numbers).toList();
    step(module, module.engine().adam(anew));
    for (int p = 0; p < before.size(); p++) {
      Parameter parameter = module.parameters().get(p);
      assertFalse(Arrays.equals(before.get(p), numbers(parameter)), parameter.name());
    }
  }

  @Test
  void refusesAnOptimiserOfOtherParameters() {
    BayesModule module = module("vector", Estimator.LRT, true);
    Optimiser some = module.engine().adam(module.parameters().subList(0, 2));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> step(module, some));
    assertTrue(
        refusal.getMessage().contains("knows nothing of conv.bias_mu"), refusal.getMessage());
  }

  @Test
  void refusesAnOptimiserOfAnotherEngine() {
    BayesModule module = module("vector", Estimator.LRT, true);
    Optimiser foreign = Engines.named("nd4j").adam(module.parameters());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> step(module, foreign));
    assertTrue(
        refusal.getMessage().contains("expected one that this engine made"), refusal.getMessage());
  }

  private static Engine.Losses step(BayesModule module, Optimiser optimiser) {
    NoiseKey key = NoiseKey.training(5, 0);
    return module
        .engine()
        .step(module.network(), PIXELS, IMAGES, key, 1, BETA, WEIGHTED_SUM, optimiser, 0.01);
  }

  private static void assertTwins(
      BayesModule expected, Optimiser expectedAdam, BayesModule found, Optimiser adam) {
    assertEquals(expectedAdam.state().steps(), adam.state().steps());
    for (int p = 0; p < found.parameters().size(); p++) {
      Parameter parameter = found.parameters().get(p);
      assertArrayEquals(
          numbers(expected.parameters().get(p)), numbers(parameter), 0f, parameter.name());
      if (parameter.trained()) {
        Optimiser.Moments moments = adam.state().moments().get(parameter.name());
        Optimiser.Moments same = expectedAdam.state().moments().get(parameter.name());
        assertArrayEquals(same.mean(), moments.mean(), 0f, parameter.name());
        assertArrayEquals(same.square(), moments.square(), 0f, parameter.name());
      }
    }
  }

  private static float[] numbers(Parameter parameter) {
    return parameter.value().dup('c').data().asFloat();
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }
}
