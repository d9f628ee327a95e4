package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a runner keeps between two calls shows in nothing: at any time it gives what a new one of
 * the same weights gives, to the bit.
 */
abstract class KeptResultsContract {
  private static final int IMAGES = 20;
  private static final int CLASSES = 3;
  private static final float[] PIXELS = NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, 144);
  private static final NoiseKey NOISE = NoiseKey.evaluation(6, 2);

  private static final Objective HALF_SQUARES =
      (first, count, logits, gradients) -> {
        double sum = 0;
        for (int i = 0; i < count * CLASSES; i++) {
          gradients[0][i] = logits[0][i];
          sum += 0.5 * logits[0][i] * logits[0][i];
        }
        return sum;
      };

  protected abstract String engine();

  /** With parameters of every kind: posteriors, plain weights, and those of batch norm. */
  private Chain module(Estimator estimator) {
    ModuleOptions options =
        ModuleOptions.defaults().withSeed(8).withEngine(engine()).withEstimator(estimator);
    return Chain.of(
        options,
        build -> {
          NetworkLayer conv =
              build.bayesConv("conv", Shape.image(1, 12, 12), Filters.of(4, Window.kernel(3, 3)));
          NetworkLayer norm = build.batchNorm("norm", conv.output());
          NetworkLayer act = build.activation("act", norm.output(), Activation.SOFTPLUS);
          NetworkLayer flatten = build.flatten("flatten", act.output());
          NetworkLayer fc1 = build.bayesLinear("fc1", flatten.output(), 9, true);
          NetworkLayer fc2 = build.linear("fc2", fc1.output(), CLASSES, true);
          return List.of(
              new NetworkLayer[] {conv},
              new NetworkLayer[] {norm, act},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc1},
              new NetworkLayer[] {fc2});
        });
  }

  /** A module of the same weights that never ran. */
  private Chain fresh(Chain module, Estimator estimator) {
    Chain twin = module(estimator);
    for (int p = 0; p < twin.parameters().size(); p++) {
      twin.parameters().get(p).write(Numbers.of(module.parameters().get(p)));
    }
    return twin;
  }

  private static float[] logits(Chain module) {
    return module.runner().forward(PIXELS, IMAGES, NOISE);
  }

  private static StepRequest request(int step) {
    return new StepRequest(PIXELS, IMAGES, NoiseKey.training(3, step), 1, 0.2, HALF_SQUARES);
  }

  private void assertAsFresh(Chain module, Estimator estimator, String when) {
    Chain fresh = fresh(module, estimator);
    assertArrayEquals(logits(fresh), logits(module), 0f, "logits after " + when);
    assertEquals(fresh.runner().kl(), module.runner().kl(), 0, "KL after " + when);
    assertArrayEquals(logits(fresh), logits(module), 0f, "logits again after " + when);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void aWriteIsSeenInTheNextCall(Estimator estimator) {
    Chain module = module(estimator);
    float[] before = logits(module);
    double kl = module.runner().kl();
    for (Parameter parameter : module.parameters()) {
      Numbers.change(parameter, x -> 0.75 * x + 0.125);
      assertAsFresh(module, estimator, "a write to " + parameter.name());
    }
    assertFalse(Arrays.equals(before, logits(module)));
    assertEquals(estimator == Estimator.POINT, kl == module.runner().kl());
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void aWriteOfOneNumberIsSeenToo(Estimator estimator) {
    Chain module = module(estimator);
    logits(module);
    module.runner().kl();
    for (Parameter parameter : module.parameters()) {
      int last = parameter.size() - 1;
      Numbers.set(parameter, last, Numbers.of(parameter)[last] + 0.25);
      assertAsFresh(module, estimator, "a write to " + parameter.name());
    }
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void aStepOfTrainingIsSeenInTheNextCall(Estimator estimator) {
    Chain module = module(estimator);
    OptimiserRunner optimiser = module.runner().optimiser(Optimiser.adam());
    for (int step = 0; step < 3; step++) {
      float[] before = logits(module);
      module.runner().kl();
      optimiser.step(request(step), 0.01);
      assertFalse(Arrays.equals(before, logits(module)), "step " + step);
      assertAsFresh(module, estimator, "step " + step);
    }
    optimiser.apply(0.01);
    assertAsFresh(module, estimator, "an optimiser's step alone");
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void whatCameBeforeDoesNotShowInGradients(Estimator estimator) {
    Chain module = module(estimator);
    logits(module);
    module.runner().kl();
    Numbers.change(module.parameters().get(0), x -> x + 0.125);
    logits(module);
    Chain fresh = fresh(module, estimator);
    assertEquals(fresh.runner().gradients(request(5)), module.runner().gradients(request(5)));
    for (int p = 0; p < fresh.parameters().size(); p++) {
      Parameter parameter = fresh.parameters().get(p);
      assertArrayEquals(
          Numbers.gradients(parameter),
          Numbers.gradients(module.parameters().get(p)),
          0f,
          parameter.name());
    }
  }

  /** Few images may be run in another layout, of weights that are drawn anew. */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void gradientsAreTheSameAfterOneImage(Estimator estimator) {
    Chain module = module(estimator);
    Losses losses = module.runner().gradients(request(0));
    List<float[]> expected = module.parameters().stream().map(Numbers::gradients).toList();
    module.runner().forward(Arrays.copyOf(PIXELS, 144), 1, NOISE);
    assertEquals(losses, module.runner().gradients(request(0)));
    for (int p = 0; p < expected.size(); p++) {
      Parameter parameter = module.parameters().get(p);
      assertArrayEquals(expected.get(p), Numbers.gradients(parameter), 0f, parameter.name());
    }
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void theKlIsTheSameNumberWhateverRanBefore(Estimator estimator) {
    NetworkRunner runner = module(estimator).runner();
    double kl = runner.kl();
    assertEquals(kl, runner.kl(), 0);
    runner.forward(PIXELS, IMAGES, NOISE);
    assertEquals(kl, runner.kl(), 0);
    assertEquals(kl, runner.gradients(request(0)).kl(), 0);
    assertEquals(kl, runner.kl(), 0);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void aSampleIsTheSameAfterOthers(Estimator estimator) {
    Chain module = module(estimator);
    float[] first = logits(module);
    module.runner().forward(PIXELS, IMAGES, NOISE.plusSamples(1));
    assertArrayEquals(first, logits(module), 0f);
    module.runner().gradients(request(0)); // moves the running statistics too
    assertArrayEquals(logits(fresh(module, estimator)), logits(module), 0f);
  }

  @Test
  void aWriteIsSeenByAllThreads() {
    Chain module = module(Estimator.LRT);
    for (int round = 0; round < 3; round++) {
      float[] expected = logits(fresh(module, Estimator.LRT));
      IntStream.range(0, 24)
          .parallel()
          .mapToObj(i -> logits(module))
          .forEach(found -> assertArrayEquals(expected, found, 0f));
      Numbers.change(module.parameters().get(0), x -> x + 0.125);
    }
  }
}
