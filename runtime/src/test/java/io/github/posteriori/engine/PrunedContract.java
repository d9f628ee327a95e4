package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pruned weights: in passes, in the KL divergence, and under each optimiser. */
abstract class PrunedContract {
  private static final int IMAGES = 20;
  private static final int CLASSES = 3;
  private static final float[] PIXELS = random(1, IMAGES * 2 * 8 * 8);
  private static final float[] FACTORS = random(2, IMAGES * CLASSES);

  /** A mean of the prior other than 0 pulls at every weight that is not pruned. */
  private static final Priors PRIORS = Priors.defaults().withMu(0.3).withSigma(0.5);

  private static final Objective WEIGHTED_SUM =
      (first, count, logits, gradients) -> {
        double sum = 0;
        for (int i = 0; i < count * CLASSES; i++) {
          gradients[0][i] = FACTORS[first * CLASSES + i];
          sum += (double) gradients[0][i] * logits[0][i];
        }
        return sum;
      };

  protected abstract String engine();

  private static Chain unpruned(String engine, Estimator estimator, Priors priors) {
    ModuleOptions options =
        ModuleOptions.defaults()
            .withSeed(4)
            .withEngine(engine)
            .withEstimator(estimator)
            .withPriors(priors);
    return Chain.of(options, PrunedContract::layers);
  }

  private static Chain module(String engine, Estimator estimator) {
    Chain module = unpruned(engine, estimator, PRIORS);
    module.network().weights().forEach(PrunedContract::pruneAThird);
    return module;
  }

  private static List<NetworkLayer[]> layers(ModuleBuilder build) {
    Filters filters = Filters.of(5, Window.kernel(3, 3));
    NetworkLayer conv = build.bayesConv("conv", Shape.image(2, 8, 8), filters);
    NetworkLayer act = build.activation("act", conv.output(), Activation.TANH);
    NetworkLayer flatten = build.flatten("flatten", act.output());
    NetworkLayer fc1 = build.bayesLinear("fc1", flatten.output(), 33, true);
    NetworkLayer fc2 = build.linear("fc2", fc1.output(), CLASSES, true);
    return List.of(
        new NetworkLayer[] {conv, act},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc1},
        new NetworkLayer[] {fc2});
  }

  private static boolean isKept(int i) {
    return i % 3 != 1;
  }

  private static void pruneAThird(Weight weight) {
    BitSet kept = new BitSet();
    for (int i = 0; i < weight.size(); i++) {
      kept.set(i, isKept(i));
    }
    weight.prune(Mask.of(kept, weight.size()));
  }

  private static StepRequest request(int step) {
    return new StepRequest(PIXELS, IMAGES, NoiseKey.training(5, step), 1, 0.7, WEIGHTED_SUM);
  }

  static Stream<Optimiser> optimisers() {
    Optimiser ivon = Optimiser.ivon().withHessian(0.1).forTraining(100, 0.7);
    return Stream.of(Optimiser.adam(), Optimiser.sgd(0.9), ivon);
  }

  static Stream<Arguments> estimatorsAndOptimisers() {
    return Stream.of(Estimator.values())
        .flatMap(estimator -> optimisers().map(optimiser -> Arguments.of(estimator, optimiser)));
  }

  @ParameterizedTest
  @MethodSource("estimatorsAndOptimisers")
  void stayZeroAndWithoutNoiseAndStateAsInTheDefinition(Estimator estimator, Optimiser optimiser) {
    Chain expected = module("nd4j", estimator);
    Chain found = module(engine(), estimator);
    List<float[]> before = found.parameters().stream().map(Numbers::of).toList();
    OptimiserRunner definition = expected.runner().optimiser(optimiser);
    OptimiserRunner runner = found.runner().optimiser(optimiser);
    definition.start();
    runner.start();
    for (int step = 0; step < 3; step++) {
      double loss = definition.step(request(step), 1e-3).loss(0.7);
      assertEquals(loss, runner.step(request(step), 1e-3).loss(0.7), 1e-4 * Math.abs(loss));
    }
    requirePruned(found, runner);
    for (int p = 0; p < before.size(); p++) {
      Parameter parameter = found.parameters().get(p);
      float[] values = Numbers.of(parameter);
      boolean learns =
          estimator != Estimator.POINT || !parameter.name().endsWith("rho"); // a point has no rho
      if (learns) {
        assertNotEquals(before.get(p)[0], values[0], parameter.name());
      }
      assertArrayEquals(Numbers.of(expected.parameters().get(p)), values, 5e-4f, parameter.name());
    }
  }

  /** The same in two parts, as several trainers do that sum their gradients between these. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void haveNoGradients(Optimiser optimiser) {
    Chain module = module(engine(), Estimator.LRT);
    OptimiserRunner runner = module.runner().optimiser(optimiser);
    runner.start();
    StepRequest request =
        optimiser.accountsForDivergence() ? request(0).withoutDivergence() : request(0);
    module.runner().gradients(request);
    for (Parameter parameter : module.parameters()) {
      float[] gradients = Numbers.gradients(parameter);
      for (int i = 0; i < gradients.length; i++) {
        assertTrue(isKept(i) ? Float.isFinite(gradients[i]) : gradients[i] == 0, parameter::name);
      }
    }
    runner.apply(1e-3);
    requirePruned(module, runner);
  }

  /** What an optimiser remembers of a weight must not move it after it was pruned. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void mayBePrunedWhileTheyAreTrained(Optimiser optimiser) {
    Chain module = module(engine(), Estimator.BBB);
    module.network().weights().forEach(weight -> weight.prune(Mask.all(weight.size())));
    OptimiserRunner runner = module.runner().optimiser(optimiser);
    // Weights that were pruned have no noise to be whole again with.
    module.network().sampledPosteriors().forEach(q -> Numbers.change(q.rho(), rho -> -4));
    runner.start();
    runner.step(request(0), 1e-3);
    module.network().weights().forEach(PrunedContract::pruneAThird);
    runner.step(request(1), 1e-3);
    requirePruned(module, runner);
  }

  private static void requirePruned(BayesModule module, OptimiserRunner runner) {
    Map<String, Map<String, float[]>> state = runner.state().slots();
    for (Weight weight : module.network().weights()) {
      float[] values = Numbers.of(weight.location());
      double[] sigmas =
          weight.posterior().map(Posterior::sigmas).orElseGet(() -> new double[values.length]);
      for (int i = 0; i < values.length; i++) {
        if (!isKept(i)) {
          assertEquals(0f, values[i], weight.location().name());
          assertEquals(0.0, sigmas[i], weight.location().name());
        }
      }
      for (Parameter parameter : weight.parameters()) {
        state
            .getOrDefault(parameter.name(), Map.of())
            .forEach((slot, kept) -> requireZeros(parameter.name() + "." + slot, kept));
      }
    }
  }

  private static void requireZeros(String slot, float[] values) {
    for (int i = 0; i < values.length; i++) {
      assertTrue(isKept(i) ? Float.isFinite(values[i]) : values[i] == 0, slot);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Estimator.class,
      names = {"LRT", "BBB"})
  void haveNoShareInTheDivergence(Estimator estimator) {
    Chain module = module(engine(), estimator);
    double expected = 0;
    for (Posterior posterior : module.network().sampledPosteriors()) {
      double[] mu = posterior.mu().numbers();
      double[] rho = posterior.rho().numbers();
      for (int i = 0; i < mu.length; i++) {
        double sigma = Math.log1p(Math.exp(rho[i]));
        double kl = Math.log(0.5 / sigma) + (sigma * sigma + Math.pow(mu[i] - 0.3, 2)) / 0.5 - 0.5;
        expected += isKept(i) ? kl : 0;
      }
    }
    assertEquals(expected, module.kl(), 1e-5 * expected);
    assertEquals(expected, module.runner().gradients(request(0)).kl(), 1e-5 * expected);
  }

  /**
   * Of weights that are split in two, each kept in one of two networks: also where it is estimated.
   */
  @ParameterizedTest
  @CsvSource({"LRT, false", "BBB, false", "LRT, true", "BBB, true"})
  void theDivergenceIsTheSumOverThoseKept(Estimator estimator, boolean mixture) {
    Priors priors = mixture ? Priors.defaults().withMixture(0.3, 0.5, 0.02) : PRIORS;
    double[] kl = new double[3];
    for (int part = 0; part < 3; part++) {
      Chain module = unpruned(engine(), estimator, priors);
      for (Weight weight : module.network().weights()) {
        BitSet kept = new BitSet();
        for (int i = 0; i < weight.size(); i++) {
          kept.set(i, part == 2 || isKept(i) == (part == 0));
        }
        weight.prune(Mask.of(kept, weight.size()));
      }
      kl[part] = module.kl();
      double inStep = module.runner().gradients(request(0)).kl();
      assertTrue(Double.isFinite(inStep) && Math.abs(inStep) > 1, "in a step " + inStep);
    }
    assertEquals(kl[2], kl[0] + kl[1], 1e-5 * Math.abs(kl[2]));
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void doNothingInAPass(Estimator estimator) {
    Chain module = module(engine(), estimator);
    module
        .network()
        .weights()
        .forEach(weight -> weight.prune(Mask.of(new BitSet(), weight.size())));
    double least = Math.sqrt(1e-16); // of the variance under LRT
    for (float logit : module.runner().forward(PIXELS, IMAGES, NoiseKey.training(1, 2))) {
      assertEquals(0, logit, estimator == Estimator.LRT ? 6 * least : 0);
    }
    assertEquals(0, module.kl());
  }

  /** Where both inputs of a unit are pruned but one, the other is all that it sees. */
  @Test
  void aKeptWeightIsAloneWithItsNoise() {
    for (Estimator estimator : Estimator.values()) {
      ModuleOptions options =
          ModuleOptions.defaults().withEngine(engine()).withEstimator(estimator);
      Chain module =
          Chain.of(
              options,
              build ->
                  List.<NetworkLayer[]>of(
                      new NetworkLayer[] {build.bayesLinear("fc", Shape.features(2), 1, false)}));
      BitSet first = new BitSet();
      first.set(0);
      module.network().weights().get(0).prune(Mask.of(first, 2));
      NoiseKey key = NoiseKey.training(1, 2);
      float[] with = module.runner().forward(new float[] {1, 100}, 1, key);
      float[] without = module.runner().forward(new float[] {1, 0}, 1, key);
      assertArrayEquals(without, with, estimator.name());
    }
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }
}
