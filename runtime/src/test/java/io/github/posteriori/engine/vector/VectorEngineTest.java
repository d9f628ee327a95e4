package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the vector engine promises beyond computing what the nd4j engine does. */
class VectorEngineTest {
  private static final int IMAGES = 200;
  private static final int CLASSES = 5;
  private static final float[] PIXELS = random(1, IMAGES * 144);
  private static final float[] WEIGHTS = random(2, IMAGES * CLASSES);
  private static final NoiseKey KEY = NoiseKey.training(4, 2);

  private static final Objective WEIGHTED_SUM =
      (first, count, logits, gradients) -> {
        double sum = 0;
        for (int i = 0; i < count * CLASSES; i++) {
          gradients[0][i] = WEIGHTS[first * CLASSES + i];
          sum += (double) gradients[0][i] * logits[0][i];
        }
        return sum;
      };

  @AfterEach
  void useAllCoresAgain() {
    new VectorEngine().useThreads(Runtime.getRuntime().availableProcessors());
  }

  private static ModuleOptions options(Estimator estimator) {
    return ModuleOptions.defaults().withSeed(3).withEngine("vector").withEstimator(estimator);
  }

  private static Chain module(Estimator estimator) {
    ModuleOptions options = options(estimator).withActivation(Activation.SOFTPLUS);
    return Chain.small(options, CLASSES);
  }

  /** Without a maximum, whose kinks would blur the slopes. */
  private static Chain smooth(Estimator estimator) {
    return Chain.of(
        options(estimator),
        build -> {
          NetworkLayer conv =
              build.bayesConv("conv", Shape.image(1, 12, 12), Filters.of(4, Window.kernel(3, 3)));
          NetworkLayer act = build.activation("act", conv.output(), Activation.SOFTPLUS);
          NetworkLayer pool = build.avgPool("pool", act.output(), Window.kernel(2, 2).stride(2, 2));
          NetworkLayer flatten = build.flatten("flatten", pool.output());
          NetworkLayer fc = build.bayesLinear("fc", flatten.output(), CLASSES, true);
          return List.of(
              new NetworkLayer[] {conv, act, pool},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc});
        });
  }

  private static StepRequest request(Objective objective) {
    return new StepRequest(PIXELS, IMAGES, KEY, 1, 0.5, objective);
  }

  private static double loss(Chain module) {
    return module.runner().gradients(request(WEIGHTED_SUM)).loss(0.5);
  }

  private static List<float[]> gradients(Chain module) {
    loss(module);
    List<float[]> all = new ArrayList<>();
    for (Parameter parameter : module.parameters()) {
      all.add(Numbers.gradients(parameter));
    }
    return all;
  }

  /** Of many channels and few pixels, for which there are fewer products than pairs of pixels. */
  private static Chain smallImages(Estimator estimator) {
    return Chain.of(
        options(estimator),
        build -> {
          Filters same = Filters.of(18, Window.kernel(5, 5).padding(2, 2));
          NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(9, 4, 4), same);
          NetworkLayer conv2 = build.bayesConv("conv2", conv1.output(), same);
          NetworkLayer flatten = build.flatten("flatten", conv2.output());
          NetworkLayer fc = build.bayesLinear("fc", flatten.output(), CLASSES, true);
          return List.of(
              new NetworkLayer[] {conv1},
              new NetworkLayer[] {conv2},
              new NetworkLayer[] {flatten},
              new NetworkLayer[] {fc});
        });
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void gradientsAreTheSameBitsOnAnyNumberOfThreads(Estimator estimator) {
    areTheSameOnAnyNumberOfThreads(() -> module(estimator));
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void gradientsOfSmallImagesAreTheSameBitsOnAnyNumberOfThreads(Estimator estimator) {
    areTheSameOnAnyNumberOfThreads(() -> smallImages(estimator));
  }

  private static void areTheSameOnAnyNumberOfThreads(Supplier<Chain> module) {
    VectorEngine engine = new VectorEngine();
    engine.useThreads(1);
    List<float[]> alone = gradients(module.get());
    for (int threads : new int[] {2, 3, 7}) {
      engine.useThreads(threads);
      List<float[]> shared = gradients(module.get());
      for (int p = 0; p < alone.size(); p++) {
        assertArrayEquals(alone.get(p), shared.get(p), 0f, threads + " threads, tensor " + p);
      }
    }
  }

  /** Then no output of a window is the largest, and its place may be in the padding. */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void outputsThatAreNoNumbersLeaveOtherChannelsAlone(Estimator estimator) {
    Chain module = Chain.of(options(estimator), VectorEngineTest::thinnedOutputs);
    for (Parameter parameter : module.parameters()) {
      if (parameter.name().startsWith("conv.bias")) {
        Numbers.set(parameter, 0, Float.NaN);
      }
    }
    float[] found = gradients(module).get(0);
    for (int i = found.length / 8; i < found.length; i++) {
      assertTrue(Float.isFinite(found[i]), "weight " + i + " has the gradient " + found[i]);
    }
  }

  /** A padded pool that chooses so few outputs that only those are followed on the way back. */
  private static List<NetworkLayer[]> thinnedOutputs(ModuleBuilder build) {
    Filters filters = Filters.of(8, Window.kernel(1, 15).padding(0, 7));
    NetworkLayer conv = build.bayesConv("conv", Shape.image(1, 12, 12), filters);
    NetworkLayer pool =
        build.maxPool("pool", conv.output(), Window.kernel(3, 3).stride(2, 2).padding(1, 1));
    LayerPlan plan = LayerPlan.of(Geometry.of((AffineLayer) conv), Optional.of((PoolLayer) pool));
    assertEquals(LayerPlan.WeightGradient.ARGMAX, plan.weightGradient());
    NetworkLayer flatten = build.flatten("flatten", pool.output());
    NetworkLayer fc = build.bayesLinear("fc", flatten.output(), CLASSES, true);
    return List.of(
        new NetworkLayer[] {conv, pool}, new NetworkLayer[] {flatten}, new NetworkLayer[] {fc});
  }

  /** Along a random direction, the slope of the loss is the gradient's component. */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void gradientsAreTheSlopesOfTheLoss(Estimator estimator) {
    Chain module = smooth(estimator);
    List<float[]> gradients = gradients(module);
    for (int p = 0; p < gradients.size(); p++) {
      Parameter parameter = module.parameters().get(p);
      float[] direction = random(20 + p, gradients.get(p).length);
      double component = 0;
      double norm = 0;
      for (int i = 0; i < direction.length; i++) {
        component += (double) direction[i] * gradients.get(p)[i];
        norm += (double) gradients.get(p)[i] * gradients.get(p)[i];
      }
      float[] start = Numbers.of(parameter);
      parameter.write(along(direction, 1e-3f, start));
      double up = loss(module);
      parameter.write(along(direction, -1e-3f, start));
      double down = loss(module);
      parameter.write(start);
      assertEquals(component, (up - down) / 2e-3, 0.02 * Math.sqrt(norm) + 1e-2, parameter.name());
    }
  }

  private static float[] along(float[] direction, float step, float[] start) {
    float[] moved = start.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  @Test
  @Timeout(60)
  void anObjectiveMayRunTheNetworkItself() {
    Chain module = module(Estimator.LRT);
    float[] expected = module.runner().forward(PIXELS, IMAGES, KEY);
    List<float[]> before = gradients(module(Estimator.LRT)); // a twin, so that nothing is left over
    Objective curious =
        (first, count, logits, gradients) -> {
          float[] found = module.runner().forward(PIXELS, IMAGES, KEY);
          assertArrayEquals(expected, found, 0f);
          return WEIGHTED_SUM.evaluate(first, count, logits, gradients);
        };
    module.runner().gradients(request(curious));
    for (int p = 0; p < before.size(); p++) {
      float[] after = Numbers.gradients(module.parameters().get(p));
      assertArrayEquals(before.get(p), after, 0f);
    }
  }

  @Test
  void manyCallersGetWhatOneGets() {
    Chain module = module(Estimator.LRT);
    float[] expected = module.runner().forward(PIXELS, IMAGES, KEY);
    IntStream.range(0, 24)
        .parallel()
        .mapToObj(i -> module.runner().forward(PIXELS, IMAGES, KEY))
        .forEach(found -> assertArrayEquals(expected, found, 0f));
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }
}
