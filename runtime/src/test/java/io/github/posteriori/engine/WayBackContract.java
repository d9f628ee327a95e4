package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The way back goes as far as a trained parameter needs it, for each sample of an objective. */
abstract class WayBackContract {
  private static final Shape.Image IMAGE = Shape.image(4, 5, 4);
  private static final int IMAGES = 70;
  private static final int CLASSES = 3;
  private static final float[] PIXELS = NoiseKey.training(1, 2).of(3).uniform(0, IMAGES, 144);
  private static final NoiseKey NOISE = NoiseKey.training(2, 5);

  private static final Objective HALF_SQUARES =
      (first, count, logits, gradients) -> {
        double sum = 0;
        for (int s = 0; s < logits.length; s++) {
          for (int i = 0; i < logits[s].length; i++) {
            gradients[s][i] = logits[s][i];
            sum += 0.5 * logits[s][i] * logits[s][i];
          }
        }
        return sum;
      };

  protected abstract String engine();

  private ModuleOptions options() {
    return ModuleOptions.defaults().withSeed(8).withEngine(engine());
  }

  /** y = x, and a count of the ways back. */
  private record Counting(String name, Shape input, AtomicInteger backwards)
      implements CustomLayer {
    @Override
    public INDArray forward(INDArray x) {
      return x;
    }

    @Override
    public INDArray backward(INDArray x, INDArray y, INDArray dy) {
      backwards.incrementAndGet();
      return dy;
    }
  }

  @Test
  void runsNoLayerThatNoParameterComesBefore() {
    AtomicInteger before = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    Chain module =
        Chain.of(
            options(),
            build -> {
              NetworkLayer first = build.custom(() -> new Counting("first", IMAGE, before));
              NetworkLayer conv = build.conv("conv", IMAGE, Filters.of(2, Window.kernel(3, 3)));
              NetworkLayer second =
                  build.custom(() -> new Counting("second", conv.output(), after));
              return List.<NetworkLayer[]>of(
                  new NetworkLayer[] {first},
                  new NetworkLayer[] {conv},
                  new NetworkLayer[] {second});
            });
    float[] images = NoiseKey.training(1, 2).of(3).normal(0, 1, IMAGE.size());
    module.runner().gradients(new StepRequest(images, 1, NOISE, 1, 0, HALF_SQUARES));
    assertEquals(List.of(0, 1), List.of(before.get(), after.get()));
    assertFalse(Arrays.equals(new float[72], Numbers.gradients(module.parameters().get(0))));
  }

  private StepRequest request(NoiseKey noise, int samples, Objective objective) {
    return new StepRequest(PIXELS, IMAGES, noise, samples, 0, objective);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void addsTheGradientsOfAllSamples(Estimator estimator) {
    Chain module = Chain.small(options().withEstimator(estimator), CLASSES);
    List<Parameter> parameters = module.parameters();
    double[][] sums = new double[parameters.size()][];
    Arrays.setAll(sums, p -> new double[parameters.get(p).size()]);
    double objective = 0;
    for (int s = 0; s < 3; s++) {
      objective +=
          module.runner().gradients(request(NOISE.plusSamples(s), 1, HALF_SQUARES)).objective();
      for (int p = 0; p < sums.length; p++) {
        float[] one = Numbers.gradients(parameters.get(p));
        for (int i = 0; i < one.length; i++) {
          sums[p][i] += one[i];
        }
      }
    }
    Losses losses = module.runner().gradients(request(NOISE, 3, HALF_SQUARES));
    assertEquals(objective, losses.objective(), 1e-6 * objective);
    for (int p = 0; p < sums.length; p++) {
      double error = 0;
      double norm = 0;
      float[] found = Numbers.gradients(parameters.get(p));
      for (int i = 0; i < found.length; i++) {
        error += Math.pow(sums[p][i] - found[i], 2);
        norm += Math.pow(sums[p][i], 2);
      }
      assertTrue(Math.sqrt(error) <= 1e-5 * Math.sqrt(norm), parameters.get(p).name());
    }
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void givesTheObjectiveTheLogitsOfAllSamplesTogether(Estimator estimator) {
    Chain module = Chain.small(options().withEstimator(estimator), CLASSES);
    float[][] together = new float[3][IMAGES * CLASSES];
    module.runner().gradients(request(NOISE, 3, watching(together)));
    for (int s = 0; s < 3; s++) {
      float[][] alone = new float[1][IMAGES * CLASSES];
      module.runner().gradients(request(NOISE.plusSamples(s), 1, watching(alone)));
      assertArrayEquals(alone[0], together[s], 1e-6f, "sample " + s);
    }
  }

  private static Objective watching(float[][] seen) {
    return (first, count, logits, gradients) -> {
      for (int s = 0; s < logits.length; s++) {
        System.arraycopy(logits[s], 0, seen[s], first * CLASSES, count * CLASSES);
      }
      return HALF_SQUARES.evaluate(first, count, logits, gradients);
    };
  }

  @Test
  void overwritesTheGradientsOfThePassBefore() {
    Chain module = Chain.small(options().withEstimator(Estimator.LRT), CLASSES);
    module.runner().gradients(request(NOISE, 1, HALF_SQUARES));
    float[] once = Numbers.gradients(module.parameters().get(0));
    module.runner().gradients(request(NOISE, 1, HALF_SQUARES));
    assertArrayEquals(once, Numbers.gradients(module.parameters().get(0)), 0f);
  }
}
