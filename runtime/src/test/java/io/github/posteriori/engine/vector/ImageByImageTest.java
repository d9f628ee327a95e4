package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.Graph;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Wirings;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Net;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Few images, run one by one, come to the logits that the nd4j engine defines. */
class ImageByImageTest {
  private static final NoiseKey KEY = NoiseKey.evaluation(3, 2).withFirstImage(11);

  @TestFactory
  Stream<DynamicTest> agreesWithTheDefinition() {
    return Stream.of(Net.everyLayer(), Net.networks(), oddSizes())
        .flatMap(List::stream)
        .map(net -> DynamicTest.dynamicTest(net.name(), () -> agrees(net)));
  }

  private static void agrees(Net net) {
    BayesModule expected = make(net, "nd4j");
    BayesModule found = make(net, "vector");
    for (int[] size : new int[][] {{1, 1}, {1, 4}, {3, 1}, {2, 2}, {1, 2}}) {
      int count = size[0];
      float[] images = random(1, count * expected.inputShape().size());
      List<float[]> samples = new ArrayList<>();
      found.runner().forward(images, count, KEY, size[1], samples::add);
      for (int s = 0; s < size[1]; s++) {
        float[] logits = expected.runner().forward(images, count, KEY.plusSamples(s));
        assertClose("sample " + s + " of " + count + " images", logits, samples.get(s));
      }
    }
  }

  /** Channels that do not fill registers, or several panels, and windows of all kinds. */
  private static List<Net> oddSizes() {
    List<Net> nets = new ArrayList<>();
    Window plain = Window.kernel(3, 3).padding(1, 1);
    Window odd = Window.kernel(3, 2).stride(2, 3).padding(2, 1).dilation(1, 2);
    add(nets, "two panels", b -> b.bayesConv("c", Shape.image(5, 6, 7), Filters.of(67, plain)));
    add(nets, "three registers", b -> b.bayesLinear("f", Shape.features(70), 3 * 16 - 1, true));
    add(
        nets,
        "depthwise",
        b -> b.bayesConv("c", Shape.image(5, 9, 8), Filters.of(5, odd).groups(5)));
    add(
        nets,
        "wide groups",
        b -> b.bayesConv("c", Shape.image(6, 9, 8), Filters.of(38, odd).groups(2)));
    add(
        nets,
        "1 x 1",
        b -> b.bayesConv("c", Shape.image(3, 5, 5), Filters.of(17, Window.kernel(1, 1))));
    add(nets, "2 x 2 pixels", b -> b.bayesConv("c", Shape.image(20, 2, 2), Filters.of(70, plain)));
    add(
        nets,
        "2 x 2 pixels a stride apart",
        b ->
            b.bayesConv(
                "c", Shape.image(3, 4, 3), Filters.of(9, Window.kernel(2, 2).stride(2, 1))));
    add(
        nets,
        "many multiply-adds",
        b -> b.bayesConv("c", Shape.image(40, 9, 9), Filters.of(80, plain)));
    add(nets, "one number", b -> b.bayesLinear("f", Shape.features(1), 1, false));
    return nets;
  }

  private static void add(
      List<Net> nets, String name, Function<ModuleBuilder, NetworkLayer> layer) {
    for (Estimator estimator : Estimator.values()) {
      nets.add(
          new Net(
              name + " under " + estimator,
              options -> Net.alone(options.withEstimator(estimator), layer)));
    }
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void seesAChangedParameter(Estimator estimator) {
    BayesModule expected = small(estimator, "nd4j");
    BayesModule found = small(estimator, "vector");
    float[] image = random(1, 144);
    found.runner().forward(image, 1, KEY);
    for (int p = 0; p < found.parameters().size(); p++) {
      for (BayesModule module : List.of(expected, found)) {
        Parameter parameter = module.parameters().get(p);
        parameter.write(random(30 + p, parameter.size()));
      }
      assertClose(
          found.parameters().get(p).name(),
          expected.runner().forward(image, 1, KEY),
          found.runner().forward(image, 1, KEY));
    }
  }

  @Test
  void takesRunningStatisticsAsTheyAre() {
    Function<String, BayesModule> make =
        engine -> Net.alone(options(engine), b -> b.batchNorm("norm", Shape.image(3, 5, 3)));
    BayesModule expected = make.apply("nd4j");
    BayesModule found = make.apply("vector");
    float[] image = random(1, 45);
    found.runner().forward(image, 1, KEY);
    float[][] values = {{1, 2, 3}, {-1, 0, 1}, {0.1f, 0.2f, 0.3f}, {4, 0.5f, 1}};
    for (int p = 0; p < values.length; p++) {
      expected.parameters().get(p).write(values[p]);
      found.parameters().get(p).write(values[p]);
    }
    assertClose(
        "batch norm",
        expected.runner().forward(image, 1, KEY),
        found.runner().forward(image, 1, KEY));
  }

  /** Weights that were drawn for a sample in the lanes, for gradients or here do not mix. */
  @ParameterizedTest
  @EnumSource(Estimator.class)
  void runsBetweenBatches(Estimator estimator) {
    BayesModule module = small(estimator, "vector");
    float[] images = random(1, 20 * 144);
    float[] image = Arrays.copyOf(images, 144);
    float[] first = module.runner().forward(image, 1, KEY);
    float[] batch = module.runner().forward(images, 20, KEY.plusSamples(1));
    assertArrayEquals(first, module.runner().forward(image, 1, KEY));
    assertArrayEquals(batch, module.runner().forward(images, 20, KEY.plusSamples(1)));
    float[] sameOfBatch = module.runner().forward(images, 20, KEY);
    assertClose("image 0", Arrays.copyOf(sameOfBatch, 5), first);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void manyCallersGetWhatOneGets(Estimator estimator) {
    BayesModule module = small(estimator, "vector");
    float[] image = random(1, 144);
    List<float[]> expected =
        IntStream.range(0, 8)
            .mapToObj(s -> module.runner().forward(image, 1, KEY.plusSamples(s)))
            .toList();
    IntStream.range(0, 800)
        .parallel()
        .forEach(
            i ->
                assertArrayEquals(
                    expected.get(i % 8),
                    module.runner().forward(image, 1, KEY.plusSamples(i % 8))));
  }

  @Test
  void leavesManyLanesAndBatchesOfAUsersLayerToTheLanes() {
    var plain = small(Estimator.LRT, "vector").network();
    var custom =
        Graph.of(options("vector"), Shape.features(6), Wirings::aroundAUsersLayer).network();
    assertTrue(ImageByImage.takes(plain, KEY, false, 1, 1));
    assertTrue(ImageByImage.takes(plain, KEY, false, 2, 2));
    assertFalse(ImageByImage.takes(plain, KEY, false, 1, 25));
    assertTrue(ImageByImage.takes(plain, KEY, true, 1, 25), "drawn weights are no lanes");
    assertFalse(ImageByImage.takes(plain, KEY, true, 5, 1));
    assertTrue(ImageByImage.takes(custom, KEY, false, 1, 1));
    assertFalse(ImageByImage.takes(custom, KEY, false, 2, 1));
    assertFalse(ImageByImage.takes(plain, KEY.withDropout(), false, 1, 1));
  }

  private static BayesModule small(Estimator estimator, String engine) {
    return Chain.small(
        options(engine).withEstimator(estimator).withActivation(Activation.SOFTPLUS), 5);
  }

  private static BayesModule make(Net net, String engine) {
    return net.make().apply(options(engine));
  }

  private static ModuleOptions options(String engine) {
    return ModuleOptions.defaults().withSeed(3).withEngine(engine);
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }

  private static void assertClose(String what, float[] expected, float[] found) {
    assertEquals(expected.length, found.length, what);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(expected[i] - found[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertTrue(
        Math.sqrt(error) <= 2e-5 * Math.sqrt(Math.max(norm, expected.length)),
        what + " is off by " + Math.sqrt(error) + " of " + Math.sqrt(norm));
  }
}
