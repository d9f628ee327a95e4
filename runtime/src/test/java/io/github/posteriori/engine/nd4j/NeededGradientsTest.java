package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.Graph;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Numbers;
import io.github.posteriori.Residual;
import io.github.posteriori.Wirings;
import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The way back goes no further than somebody needs it, and parameters get the same gradients. */
class NeededGradientsTest {
  private static final Shape.Image IMAGE = Shape.image(4, 5, 4);
  private static final NoiseKey NOISE = NoiseKey.training(5, 17);

  private static INDArray random(int stream, long[] shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Nd4j.create(NoiseKey.training(9, stream).of(0).normal(0, 1, size), shape, 'c');
  }

  private static Gradient backward(BayesModule module, boolean wantsInput) {
    Network network = module.network();
    NeededGradients needed =
        wantsInput ? NeededGradients.withInput(network) : NeededGradients.of(network);
    Nd4jRunner runner = new Nd4jRunner(network, DataType.FLOAT, needed);
    runner.arrays().clearGradients();
    Nd4jPass pass = pass(runner);
    INDArray x = random(1, module.inputShape().batch(3));
    module.network().forward().run(pass, new Activations(x));
    INDArray dy = random(2, module.outputShape().batch(3));
    Gradient dx = (Gradient) module.network().backward().run(pass, Gradient.of(dy));
    runner.arrays().storeGradients();
    return dx;
  }

  private static Nd4jPass pass(Nd4jRunner runner) {
    return runner.pass(NOISE, Purpose.TRAINING, (layer, output) -> {});
  }

  private static Nd4jPass pass(BayesModule module) {
    return pass(new Nd4jRunner(module.network(), DataType.FLOAT));
  }

  private static float[][] gradients(BayesModule module) {
    return module.parameters().stream().map(Numbers::gradients).toArray(float[][]::new);
  }

  private static Chain flattenAndLinear() {
    return Chain.of(
        ModuleOptions.defaults(),
        build -> {
          NetworkLayer flatten = build.flatten("flatten", IMAGE);
          NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 3, true);
          return List.<NetworkLayer[]>of(new NetworkLayer[] {flatten}, new NetworkLayer[] {fc});
        });
  }

  private static Chain normFirst() {
    return Chain.of(
        ModuleOptions.defaults(),
        build -> {
          NetworkLayer norm = build.batchNorm("norm", IMAGE);
          NetworkLayer conv =
              build.bayesConv("conv", norm.output(), Filters.of(4, Window.kernel(3, 3)));
          return List.<NetworkLayer[]>of(new NetworkLayer[] {norm}, new NetworkLayer[] {conv});
        });
  }

  static List<BayesModule> modules() {
    ModuleOptions options = ModuleOptions.defaults();
    return List.of(
        Graph.of(options, IMAGE, Wirings::inputIntoTheJoin),
        Graph.of(options, IMAGE, Wirings::concatOfImages),
        Graph.of(options, Shape.features(6), Wirings::addOfFeatures),
        Residual.create(options),
        flattenAndLinear(),
        normFirst());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void leaveOutTheInputAndNothingElse(BayesModule module) {
    assertTrue(backward(module, true).array().isPresent());
    float[][] expected = gradients(module);
    assertSame(Gradient.NONE, backward(module, false));
    float[][] found = gradients(module);
    for (int p = 0; p < expected.length; p++) {
      assertArrayEquals(expected[p], found[p], module.parameters().get(p).name());
    }
  }

  @Test
  void endAtTheLinearLayerAfterALeadingFlatten() {
    Chain module = flattenAndLinear();
    Nd4jPass pass = pass(module);
    List<Stage> stages = module.network().stages();
    Activations x = new Activations(random(1, IMAGE.batch(3)));
    Activations flat = (Activations) pass.forward(stages.get(0), x);
    pass.forward(stages.get(1), flat);
    NeededGradients needed = NeededGradients.of(module.network());
    assertEquals(
        List.of(false, true),
        List.of(needed.byOutput(stages.get(0)), needed.byOutput(stages.get(1))));
    Signal dy = Gradient.of(random(2, module.outputShape().batch(3)));
    assertSame(Gradient.NONE, pass.backward(stages.get(1), dy));
    assertSame(Gradient.NONE, pass.backward(stages.get(0), Gradient.NONE));
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
  void doNotRunLayersThatNoParameterComesBefore() {
    AtomicInteger before = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
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
    backward(module, false);
    assertEquals(List.of(0, 1), List.of(before.get(), after.get()));
    assertFalse(Arrays.equals(new float[72], Numbers.gradients(module.parameters().get(0))));
  }

  @Test
  void sumFromTheFirstArgumentToTheLastWithoutTheEmptyOnes() {
    Nd4jPass pass = pass(flattenAndLinear());
    Gradient large = Gradient.of(Nd4j.ones(2).muli(1e8));
    Gradient minus = Gradient.of(Nd4j.ones(2).muli(-1e8));
    Gradient one = Gradient.of(Nd4j.ones(2));
    assertSame(Gradient.NONE, pass.sum(Gradient.NONE, Gradient.NONE));
    assertEquals(one, pass.sum(Gradient.NONE, one, Gradient.NONE));
    Gradient lost = (Gradient) pass.sum(large, one, Gradient.NONE, minus);
    assertEquals(Nd4j.zeros(2), lost.array().orElseThrow());
    Gradient kept = (Gradient) pass.sum(large, minus, one);
    assertEquals(Nd4j.ones(2), kept.array().orElseThrow());
    assertEquals(Nd4j.ones(2).muli(1e8), large.array().orElseThrow(), "an argument was changed");
  }
}
