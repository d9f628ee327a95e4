package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.Graph;
import io.github.posteriori.LayerCatalogue;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Residual;
import io.github.posteriori.Wirings;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;

/** The vector engine computes what the nd4j engine defines, within float rounding. */
class EnginesAgreeTest {
  private static final NoiseKey TRAINING = NoiseKey.training(5, 17);
  private static final double BETA = 0.7;

  /** Not in order, so that what a large batch leaves in memory would be seen in a small one. */
  private static final int[] BATCHES = {33, 7, 256, 64, 60, 16, 1};

  /** A network as either engine makes it. */
  private record Net(String name, Function<ModuleOptions, BayesModule> make) {}

  private static List<Net> everyLayer() {
    List<Net> nets = new ArrayList<>();
    LayerCatalogue.affine()
        .forEach(
            (name, layer) -> {
              for (Estimator estimator : Estimator.values()) {
                if (name.startsWith("Bayesian") || estimator == Estimator.POINT) {
                  nets.add(
                      new Net(
                          name + " under " + estimator,
                          options -> alone(options.withEstimator(estimator), layer)));
                }
              }
            });
    LayerCatalogue.others()
        .forEach((name, layer) -> nets.add(new Net(name, options -> alone(options, layer))));
    return nets;
  }

  private static Chain alone(ModuleOptions options, Function<ModuleBuilder, NetworkLayer> layer) {
    return Chain.of(
        options, build -> List.<NetworkLayer[]>of(new NetworkLayer[] {layer.apply(build)}));
  }

  private static List<Net> stages() {
    List<Net> nets = new ArrayList<>();
    for (Estimator estimator : Estimator.values()) {
      for (Activation function : List.of(Activation.RELU, Activation.SOFTPLUS)) {
        UnaryOperator<ModuleOptions> chosen =
            options -> options.withEstimator(estimator).withActivation(function);
        String name = " under " + estimator + " with " + function;
        nets.add(
            new Net(
                "LeNet" + name,
                options -> Chain.of(chosen.apply(options), EnginesAgreeTest::likeLeNet)));
        nets.add(
            new Net(
                "many channels" + name,
                options -> Chain.of(chosen.apply(options), EnginesAgreeTest::manyChannels)));
        nets.add(
            new Net(
                "thinned outputs" + name,
                options -> Chain.of(chosen.apply(options), EnginesAgreeTest::thinnedOutputs)));
      }
      nets.add(
          new Net(
              "many outputs in bands under " + estimator,
              options -> Chain.of(options.withEstimator(estimator), EnginesAgreeTest::bands)));
      nets.add(
          new Net(
              "blocks in blocks under " + estimator,
              options ->
                  Residual.create(
                      DataType.FLOAT, options.withEstimator(estimator), UnaryOperator.identity())));
    }
    return nets;
  }

  /**
   * Enough channels for products over the whole batch, of windows that reach far or too far; or
   * enough outputs to fill the lanes.
   */
  private static List<Net> products() {
    Window dilated = Window.kernel(3, 3).stride(2, 1).padding(1, 1).dilation(1, 2);
    Window tall = Window.kernel(3, 2).padding(1, 0);
    Window far = Window.kernel(5, 3).stride(2, 1).padding(3, 1).dilation(1, 2);
    return List.of(
        new Net(
            "many channels in several bands",
            o ->
                alone(
                    o, b -> b.bayesConv("conv", Shape.image(18, 9, 21), Filters.of(20, dilated)))),
        new Net(
            "many channels and taps beyond the image",
            o -> alone(o, b -> b.bayesConv("conv", Shape.image(17, 1, 5), Filters.of(65, tall)))),
        new Net(
            "many outputs of few channels",
            o -> alone(o, b -> outputLanes(b, Filters.of(70, far)))),
        new Net(
            "many outputs of few channels without padding",
            o -> alone(o, b -> outputLanes(b, Filters.of(64, Window.kernel(10, 3))))));
  }

  private static LayerPlan plan(NetworkLayer affine) {
    return LayerPlan.of(Geometry.of((AffineLayer) affine));
  }

  private static LayerPlan plan(NetworkLayer affine, NetworkLayer pool) {
    return LayerPlan.of(Geometry.of((AffineLayer) affine), Optional.of((PoolLayer) pool));
  }

  /** A pool whose gradients come a few rows at a time, and outputs that fill the lanes. */
  private static List<NetworkLayer[]> bands(ModuleBuilder build) {
    Filters filters = Filters.of(70, Window.kernel(7, 6).stride(2, 2).padding(3, 2));
    NetworkLayer conv = build.bayesConv("conv", Shape.image(3, 20, 20), filters);
    NetworkLayer act = build.activation("act", conv.output(), Activation.MODEL);
    NetworkLayer pool = build.maxPool("pool", act.output(), Window.kernel(2, 2).stride(2, 2));
    assertEquals(WeightGradient.CHANNELS_IN_LANES, plan(conv, pool).weightGradient());
    NetworkLayer flatten = build.flatten("flatten", pool.output());
    NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 10, true);
    return List.of(
        new NetworkLayer[] {conv, act, pool},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc});
  }

  private static NetworkLayer outputLanes(ModuleBuilder build, Filters filters) {
    NetworkLayer conv = build.bayesConv("conv", Shape.image(3, 11, 9), filters);
    assertEquals(WeightGradient.CHANNELS_IN_LANES, plan(conv).weightGradient());
    return conv;
  }

  /** Small images of many channels, for which there are fewer products than pairs of pixels. */
  private static List<Net> smallImages() {
    List<Net> nets = new ArrayList<>();
    for (Estimator estimator : Estimator.values()) {
      nets.add(
          new Net(
              "small images under " + estimator,
              options ->
                  Chain.of(options.withEstimator(estimator), EnginesAgreeTest::smallImages)));
    }
    return nets;
  }

  private static List<NetworkLayer[]> smallImages(ModuleBuilder build) {
    Filters wide = Filters.of(35, Window.kernel(5, 7).padding(2, 3));
    NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(17, 4, 4), wide);
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.MODEL);
    NetworkLayer pool1 = build.maxPool("pool1", act1.output(), Window.kernel(2, 2).stride(2, 2));
    NetworkLayer conv2 =
        build.bayesConv("conv2", pool1.output(), Filters.of(50, Window.kernel(3, 3).padding(1, 1)));
    NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    Filters beyond = Filters.of(16, Window.kernel(5, 3).padding(2, 1));
    NetworkLayer conv3 = build.bayesConv("conv3", act2.output(), beyond);
    for (NetworkLayer layer : List.of(conv1, conv2, conv3)) {
      assertTrue(plan(layer).forward().isToomCook(), "meant for fewer products");
    }
    return List.of(
        new NetworkLayer[] {conv1, act1, pool1},
        new NetworkLayer[] {conv2, act2},
        new NetworkLayer[] {conv3});
  }

  /** Larger images of many channels, which go forward patch by patch. */
  private static List<Net> patches() {
    List<Net> nets = new ArrayList<>();
    for (Estimator estimator : Estimator.values()) {
      nets.add(
          new Net(
              "patches under " + estimator,
              options -> Chain.of(options.withEstimator(estimator), EnginesAgreeTest::patches)));
    }
    return nets;
  }

  /**
   * The first way back follows all outputs, the second only those that a pool chose. No two outputs
   * of a window are so close that rounding decides which is larger.
   */
  private static List<NetworkLayer[]> patches(ModuleBuilder build) {
    Filters wide = Filters.of(32, Window.kernel(5, 5).padding(1, 2)).groups(2);
    NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(34, 18, 17), wide);
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.SOFTPLUS);
    Filters dense = Filters.of(4, Window.kernel(3, 3).padding(1, 1));
    NetworkLayer conv2 = build.bayesConv("conv2", act1.output(), dense);
    NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    NetworkLayer pool2 = build.maxPool("pool2", act2.output(), Window.kernel(3, 3).stride(2, 2));
    for (NetworkLayer layer : List.of(conv1, conv2)) {
      assertEquals(Forward.WINOGRAD, plan(layer).forward());
    }
    assertEquals(WeightGradient.ARGMAX, plan(conv2, pool2).weightGradient());
    return List.of(new NetworkLayer[] {conv1, act1}, new NetworkLayer[] {conv2, act2, pool2});
  }

  private static List<Net> graphs() {
    Shape.Image image = Shape.image(4, 5, 4);
    Shape.Features features = Shape.features(6);
    return List.of(
        new Net("an add", o -> Graph.of(o, features, Wirings::addOfFeatures)),
        new Net("a concat", o -> Graph.of(o, features, Wirings::concatOfFeatures)),
        new Net("a concat of images", o -> Graph.of(o, image, Wirings::concatOfImages)),
        new Net("a join of the input", o -> Graph.of(o, image, Wirings::inputIntoTheJoin)),
        new Net("three takers", o -> Graph.of(o, features, Wirings::threeTakers)),
        new Net(
            "a user's layer",
            o -> Graph.of(o, features, b -> Wirings.aroundAUsersLayer(DataType.FLOAT, b))));
  }

  private static List<NetworkLayer[]> likeLeNet(ModuleBuilder build) {
    NetworkLayer conv1 =
        build.bayesConv("conv1", Shape.image(1, 14, 14), Filters.of(6, Window.kernel(3, 3)));
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.MODEL);
    NetworkLayer pool1 = build.maxPool("pool1", act1.output(), Window.kernel(2, 2).stride(2, 2));
    NetworkLayer conv2 =
        build.bayesConv("conv2", pool1.output(), Filters.of(16, Window.kernel(3, 3)));
    NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    NetworkLayer pool2 = build.maxPool("pool2", act2.output(), Window.kernel(2, 2).stride(2, 2));
    NetworkLayer flatten = build.flatten("flatten", pool2.output());
    NetworkLayer fc1 = build.bayesLinear("fc1", flatten.output(), 25, true);
    NetworkLayer act3 = build.activation("act3", fc1.output(), Activation.MODEL);
    NetworkLayer fc2 = build.bayesLinear("fc2", act3.output(), 10, true);
    return List.of(
        new NetworkLayer[] {conv1, act1, pool1},
        new NetworkLayer[] {conv2, act2, pool2},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc1, act3},
        new NetworkLayer[] {fc2});
  }

  /** Overlapping pools with padding, and enough channels for products over the whole batch. */
  private static List<NetworkLayer[]> manyChannels(ModuleBuilder build) {
    Filters first = Filters.of(20, Window.kernel(5, 5).padding(2, 2).stride(2, 2));
    NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(3, 15, 13), first);
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.MODEL);
    NetworkLayer pool1 =
        build.maxPool("pool1", act1.output(), Window.kernel(3, 3).stride(2, 2).padding(1, 1));
    Filters second = Filters.of(35, Window.kernel(3, 3).padding(1, 1));
    NetworkLayer conv2 = build.bayesConv("conv2", pool1.output(), second);
    NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    NetworkLayer pool2 = build.maxPool("pool2", act2.output(), Window.kernel(3, 3).stride(1, 1));
    NetworkLayer drop = build.dropout("drop", pool2.output(), 0.3);
    NetworkLayer flatten = build.flatten("flatten", drop.output());
    NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 100, true);
    return List.of(
        new NetworkLayer[] {conv1, act1, pool1},
        new NetworkLayer[] {conv2, act2, pool2},
        new NetworkLayer[] {drop},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc});
  }

  /** Two pools that choose so few outputs that only those are followed on the way back. */
  private static List<NetworkLayer[]> thinnedOutputs(ModuleBuilder build) {
    Filters first = Filters.of(8, Window.kernel(3, 3).padding(1, 1));
    NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(5, 34, 30), first);
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.MODEL);
    Window overlapping = Window.kernel(3, 3).stride(2, 2);
    NetworkLayer pool1 = build.maxPool("pool1", act1.output(), overlapping);
    Filters second = Filters.of(10, Window.kernel(5, 4).padding(2, 1));
    NetworkLayer conv2 = build.bayesConv("conv2", pool1.output(), second);
    NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    NetworkLayer pool2 = build.maxPool("pool2", act2.output(), overlapping);
    for (NetworkLayer[] stage : new NetworkLayer[][] {{conv1, pool1}, {conv2, pool2}}) {
      assertEquals(WeightGradient.ARGMAX, plan(stage[0], stage[1]).weightGradient());
    }
    NetworkLayer flatten = build.flatten("flatten", pool2.output());
    NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 10, true);
    return List.of(
        new NetworkLayer[] {conv1, act1, pool1},
        new NetworkLayer[] {conv2, act2, pool2},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc});
  }

  private static Stream<Net> all() {
    return Stream.of(everyLayer(), stages(), products(), smallImages(), patches(), graphs())
        .flatMap(List::stream);
  }

  @TestFactory
  Stream<DynamicTest> outsideTraining() {
    return all().map(net -> DynamicTest.dynamicTest(net.name, () -> forward(net)));
  }

  @TestFactory
  Stream<DynamicTest> inTraining() {
    return all().map(net -> DynamicTest.dynamicTest(net.name, () -> gradients(net, 1, BATCHES)));
  }

  @TestFactory
  Stream<DynamicTest> inTrainingWithThreeSamples() {
    return Stream.of(stages(), smallImages(), patches(), graphs())
        .flatMap(List::stream)
        .map(net -> DynamicTest.dynamicTest(net.name, () -> gradients(net, 3, BATCHES)));
  }

  private static void forward(Net net) {
    BayesModule expected = net.make.apply(options("nd4j"));
    BayesModule found = net.make.apply(options("vector"));
    assertClose("KL", new float[] {(float) expected.kl()}, new float[] {(float) found.kl()}, 1e-5);
    for (int count : BATCHES) {
      float[] images = random(1, count * expected.inputShape().size());
      NoiseKey key = NoiseKey.evaluation(3, 2).withFirstImage(11);
      List<float[]> samples = new ArrayList<>();
      Engine vector = found.engine();
      vector.forward(found.network(), images, count, key, 19, samples::add);
      for (int s : new int[] {0, 1, 7, 8, 18}) {
        float[] logits =
            expected.engine().forward(expected.network(), images, count, key.plusSamples(s));
        assertClose("sample " + s + " of " + count + " images", logits, samples.get(s), 2e-5);
      }
      float[] one = vector.forward(found.network(), images, count, key);
      assertClose("one sample of " + count + " images", samples.get(0), one, 0);
    }
  }

  /** More images than are summed up at a time. */
  @TestFactory
  Stream<DynamicTest> inTrainingWithManyImages() {
    return smallImages().stream()
        .map(net -> DynamicTest.dynamicTest(net.name, () -> gradients(net, 1, 600)));
  }

  private static void gradients(Net net, int samples, int... batches) {
    BayesModule expected = net.make.apply(options("nd4j"));
    BayesModule found = net.make.apply(options("vector"));
    for (int count : batches) {
      float[] images = random(1, count * expected.inputShape().size());
      float[] weights = random(2, count * expected.outputShape().size());
      Engine.Losses definition = losses(expected, images, count, samples, weights);
      Engine.Losses losses = losses(found, images, count, samples, weights);
      String where = " with " + count + " images";
      assertClose(
          "the loss" + where,
          new float[] {(float) definition.objective(), (float) definition.kl()},
          new float[] {(float) losses.objective(), (float) losses.kl()},
          1e-4);
      for (int p = 0; p < expected.parameters().size(); p++) {
        Parameter parameter = expected.parameters().get(p);
        Parameter same = found.parameters().get(p);
        if (parameter.trained()) {
          assertClose(
              "the gradient of " + parameter.name() + where,
              parameter.gradient().dup('c').data().asFloat(),
              same.gradient().dup('c').data().asFloat(),
              2e-4);
        }
        assertClose(
            parameter.name() + where,
            parameter.value().dup('c').data().asFloat(),
            same.value().dup('c').data().asFloat(),
            1e-5);
      }
    }
  }

  private static Engine.Losses losses(
      BayesModule module, float[] images, int count, int samples, float[] weights) {
    return module
        .engine()
        .gradients(
            module.network(),
            images,
            count,
            TRAINING,
            samples,
            BETA,
            (first, some, logits, gradients) -> {
              int classes = module.outputShape().size();
              double sum = 0;
              for (int s = 0; s < logits.length; s++) {
                for (int i = 0; i < some * classes; i++) {
                  float weight = weights[first * classes + i] * (s + 1);
                  gradients[s][i] = weight;
                  sum += weight * logits[s][i];
                }
              }
              return sum;
            });
  }

  private static ModuleOptions options(String engine) {
    return ModuleOptions.defaults().withSeed(3).withEngine(engine);
  }

  private static float[] random(int stream, int count) {
    return NoiseKey.training(9, stream).of(0).normal(0, 1, count);
  }

  private static void assertClose(String what, float[] expected, float[] found, double tolerance) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(expected[i] - found[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertTrue(expected.length == found.length, what + ": " + found.length + " numbers");
    assertTrue(
        Math.sqrt(error) <= tolerance * Math.max(Math.sqrt(norm), Math.sqrt(expected.length)),
        what + " is off by " + Math.sqrt(error) + " of " + Math.sqrt(norm));
  }
}
