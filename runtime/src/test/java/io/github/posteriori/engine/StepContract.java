package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A step of training is its gradients and the optimiser's step, however an engine does them. */
abstract class StepContract {
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

  protected abstract String engine();

  /**
   * With outputs of more weights than are worked on at a time.
   *
   * @param meets whether there are parameters beside weights and biases, of a layer at which all
   *     images meet
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
    return List.of(
        new NetworkLayer[] {conv},
        new NetworkLayer[] {norm, act},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc1},
        new NetworkLayer[] {fc2});
  }

  private static StepRequest request(int step, int samples, Objective objective) {
    return new StepRequest(PIXELS, IMAGES, NoiseKey.training(5, step), samples, BETA, objective);
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
    changesTheSame(Optimiser.adam(), estimator, samples, meets);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void changesWhatGradientsAndAnotherOptimiserChange(Estimator estimator) {
    changesTheSame(Optimiser.sgd(0.9), estimator, 1, true);
  }

  private void changesTheSame(
      Optimiser optimiser, Estimator estimator, int samples, boolean meets) {
    BayesModule expected = module(estimator, meets);
    BayesModule found = module(estimator, meets);
    OptimiserRunner inTwo = expected.runner().optimiser(optimiser);
    OptimiserRunner atOnce = found.runner().optimiser(optimiser);
    double rate = optimiser instanceof Optimiser.Adam ? 0.01 : 1e-5;
    for (int step = 0; step < 3; step++) {
      StepRequest request = request(step, samples, WEIGHTED_SUM);
      Losses losses = expected.runner().gradients(request);
      inTwo.apply(rate);
      assertEquals(losses, atOnce.step(request, rate));
    }
    assertTwins(expected, inTwo, found, atOnce);
    BayesModule untrained = module(estimator, meets);
    for (int p = 0; p < found.parameters().size(); p++) {
      String parameter = found.parameters().get(p).name();
      boolean isUsed = estimator != Estimator.POINT || !parameter.endsWith("rho");
      boolean isChanged =
          !Arrays.equals(
              Numbers.of(untrained.parameters().get(p)), Numbers.of(found.parameters().get(p)));
      assertEquals(isUsed, isChanged, parameter);
    }
  }

  @Test
  void changesNothingThatIsTrainedWhereTheLossIsNotFinite() {
    BayesModule expected = module(Estimator.LRT, true);
    BayesModule found = module(Estimator.LRT, true);
    OptimiserRunner adam = found.runner().optimiser(Optimiser.adam());
    Objective infinite =
        (first, count, logits, gradients) ->
            WEIGHTED_SUM.evaluate(first, count, logits, gradients) / (first == 0 ? 0 : 1);
    Losses losses = adam.step(request(0, 1, infinite), 0.01);
    assertFalse(Double.isFinite(losses.loss(BETA)));
    for (int p = 0; p < found.parameters().size(); p++) {
      Parameter parameter = found.parameters().get(p);
      if (parameter.trained()) {
        assertArrayEquals(
            Numbers.of(expected.parameters().get(p)), Numbers.of(parameter), 0f, parameter.name());
      }
    }
    OptimiserState state = adam.state();
    assertEquals(0, state.steps());
    assertFalse(state.slots().isEmpty());
    for (Map<String, float[]> slots : state.slots().values()) {
      assertEquals(Set.copyOf(Optimiser.adam().slots()), slots.keySet());
      for (float[] slot : slots.values()) {
        assertArrayEquals(new float[slot.length], slot);
      }
    }
  }

  private static void assertTwins(
      BayesModule expected,
      OptimiserRunner expectedRunner,
      BayesModule found,
      OptimiserRunner runner) {
    OptimiserState same = expectedRunner.state();
    OptimiserState state = runner.state();
    assertEquals(same.steps(), state.steps());
    assertEquals(same.slots().keySet(), state.slots().keySet());
    for (int p = 0; p < found.parameters().size(); p++) {
      Parameter parameter = found.parameters().get(p);
      String name = parameter.name();
      assertArrayEquals(Numbers.of(expected.parameters().get(p)), Numbers.of(parameter), 0f, name);
      assertEquals(parameter.trained(), state.slots().containsKey(name), name);
      if (parameter.trained()) {
        Map<String, float[]> slots = state.slots().get(name);
        assertEquals(same.slots().get(name).keySet(), slots.keySet());
        slots.forEach(
            (slot, values) ->
                assertArrayEquals(same.slots().get(name).get(slot), values, 0f, name));
      }
    }
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }
}
