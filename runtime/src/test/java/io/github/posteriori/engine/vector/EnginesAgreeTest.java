package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Net;
import io.github.posteriori.engine.ReferenceContract;
import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The algorithms of the vector engine compute what the nd4j engine defines. */
class EnginesAgreeTest extends ReferenceContract {
  @Override
  protected String engine() {
    return "vector";
  }

  @Override
  protected List<Net> layers() {
    return pools();
  }

  @Override
  protected List<Net> networks() {
    List<Net> nets = new ArrayList<>(stages(Activation.SOFTPLUS));
    for (Estimator estimator : Estimator.values()) {
      nets.add(
          new Net(
              "many outputs in bands under " + estimator,
              options -> Chain.of(options.withEstimator(estimator), EnginesAgreeTest::bands)));
    }
    return nets;
  }

  /** More images than are summed up at a time. */
  @TestFactory
  Stream<DynamicTest> inTrainingWithManyImages() {
    return smallImages().stream()
        .map(net -> DynamicTest.dynamicTest(net.name(), () -> gradients(net, 1, 280)));
  }

  /** Networks for algorithms that are not chosen for every layer that they can compute. */
  static List<Net> special() {
    return Stream.of(smallImages(), patches(), separable()).flatMap(List::stream).toList();
  }

  static List<Net> stages(Activation function) {
    List<Net> nets = new ArrayList<>();
    for (Estimator estimator : Estimator.values()) {
      UnaryOperator<ModuleOptions> chosen =
          options -> options.withEstimator(estimator).withActivation(function);
      String name = " under " + estimator + " with " + function;
      nets.add(
          new Net(
              "many channels" + name,
              options -> Chain.of(chosen.apply(options), EnginesAgreeTest::manyChannels)));
      nets.add(
          new Net(
              "thinned outputs" + name,
              options -> Chain.of(chosen.apply(options), EnginesAgreeTest::thinnedOutputs)));
    }
    return nets;
  }

  /**
   * Enough channels for products over the whole batch, of windows that reach far or too far; or
   * enough outputs to fill the lanes.
   */
  static List<Net> products() {
    Window dilated = Window.kernel(3, 3).stride(2, 1).padding(1, 1).dilation(1, 2);
    Window tall = Window.kernel(3, 2).padding(1, 0);
    Window far = Window.kernel(5, 3).stride(2, 1).padding(3, 1).dilation(1, 2);
    return List.of(
        new Net(
            "many channels in several bands",
            o ->
                Net.alone(
                    o, b -> b.bayesConv("conv", Shape.image(18, 9, 21), Filters.of(20, dilated)))),
        new Net(
            "many channels and taps beyond the image",
            o ->
                Net.alone(
                    o, b -> b.bayesConv("conv", Shape.image(17, 1, 5), Filters.of(65, tall)))),
        new Net(
            "groups that fill a tile",
            o -> Net.alone(o, b -> groups(b, Filters.of(10, dilated).groups(2)))),
        new Net(
            "many outputs of few channels",
            o -> Net.alone(o, b -> outputLanes(b, Filters.of(70, far)))),
        new Net(
            "many outputs of few channels without padding",
            o -> Net.alone(o, b -> outputLanes(b, Filters.of(64, Window.kernel(10, 3))))),
        new Net(
            "a transposed convolution of many channels",
            o -> Net.alone(o, b -> transposed(b, Filters.of(18, Window.kernel(3, 3))))),
        new Net(
            "a transposed convolution of many groups",
            o -> Net.alone(o, b -> transposed(b, Filters.of(17, tall).groups(17)))));
  }

  private static NetworkLayer transposed(ModuleBuilder build, Filters filters) {
    return build.bayesConvTranspose("transposed", Shape.image(17, 6, 7), filters, 0, 0);
  }

  /** Pools of a stage of their own, so that no affine layer computes them. */
  private static List<Net> pools() {
    Window quads = Window.kernel(2, 2).stride(2, 2);
    Window three = Window.kernel(3, 3).padding(1, 1);
    List<Net> nets = new ArrayList<>();
    for (Window window :
        List.of(
            Window.kernel(7, 6).stride(7, 6),
            quads,
            three,
            three.stride(2, 2),
            Window.kernel(3, 3).stride(2, 2),
            Window.kernel(2, 3).stride(1, 2).padding(1, 0),
            Window.kernel(1, 1).stride(3, 2))) {
      nets.add(
          new Net(
              "mean-pool " + window,
              o -> Chain.of(o, b -> pooled(b, s -> b.avgPool("pool", s, window)))));
      nets.add(
          new Net(
              "max-pool " + window,
              o -> Chain.of(o, b -> pooled(b, s -> b.maxPool("pool", s, window)))));
    }
    return nets;
  }

  /** Between two convolutions, of an image with an odd number of rows. */
  private static List<NetworkLayer[]> pooled(
      ModuleBuilder build, Function<Shape.Image, PoolLayer> add) {
    Filters one = Filters.of(3, Window.kernel(1, 1));
    NetworkLayer before = build.bayesConv("before", Shape.image(2, 7, 6), one);
    PoolLayer pool = add.apply((Shape.Image) before.output());
    NetworkLayer after = build.bayesConv("after", pool.output(), one);
    return List.of(
        new NetworkLayer[] {before}, new NetworkLayer[] {pool}, new NetworkLayer[] {after});
  }

  private static boolean isOffered(NetworkLayer affine, Predicate<LayerPlan> algorithm) {
    return LayerPlan.candidates(Geometry.of((AffineLayer) affine), Optional.empty())
        .anyMatch(algorithm);
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
    NetworkLayer flatten = build.flatten("flatten", pool.output());
    NetworkLayer fc = build.bayesLinear("fc", flatten.output(), 10, true);
    return List.of(
        new NetworkLayer[] {conv, act, pool},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc});
  }

  private static NetworkLayer groups(ModuleBuilder build, Filters filters) {
    NetworkLayer conv = build.bayesConv("conv", Shape.image(8, 9, 11), filters);
    return conv;
  }

  private static NetworkLayer outputLanes(ModuleBuilder build, Filters filters) {
    NetworkLayer conv = build.bayesConv("conv", Shape.image(3, 11, 9), filters);
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
      assertTrue(isOffered(layer, plan -> plan.forward().isToomCook()), "fewer products");
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
   * Of five taps and of three, with a pool behind. No two outputs of a window are so close that
   * rounding decides which is larger.
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
      assertTrue(isOffered(layer, plan -> plan.forward() == Forward.WINOGRAD), "patches");
    }
    return List.of(new NetworkLayer[] {conv1, act1}, new NetworkLayer[] {conv2, act2, pool2});
  }

  /** Few channels a group, which are filtered row by row. */
  private static List<Net> separable() {
    List<Net> nets = new ArrayList<>();
    for (Estimator estimator : Estimator.values()) {
      nets.add(
          new Net(
              "few channels a group under " + estimator,
              options -> Chain.of(options.withEstimator(estimator), EnginesAgreeTest::separable)));
    }
    return nets;
  }

  /** Windows of three columns, side by side and apart, and others; behind some of them a pool. */
  private static List<NetworkLayer[]> separable(ModuleBuilder build) {
    Window three = Window.kernel(3, 3).padding(1, 1);
    Filters each = Filters.of(4, three).groups(4);
    NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(4, 13, 12), each);
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.SOFTPLUS);
    Filters apart = Filters.of(8, three.stride(2, 2)).groups(4);
    NetworkLayer conv2 = build.bayesConv("conv2", act1.output(), apart);
    NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    Filters threes = Filters.of(6, Window.kernel(5, 5).padding(2, 3)).groups(2).withoutBias();
    NetworkLayer conv3 = build.bayesConv("conv3", act2.output(), threes);
    NetworkLayer act3 = build.activation("act3", conv3.output(), Activation.SOFTPLUS);
    NetworkLayer pool3 = build.maxPool("pool3", act3.output(), Window.kernel(2, 2).stride(2, 2));
    Filters more = Filters.of(6, three).groups(3);
    NetworkLayer conv4 = build.bayesConv("conv4", pool3.output(), more);
    NetworkLayer act4 = build.activation("act4", conv4.output(), Activation.SOFTPLUS);
    NetworkLayer pool4 = build.maxPool("pool4", act4.output(), Window.kernel(2, 3));
    for (NetworkLayer layer : List.of(conv1, conv2, conv3, conv4)) {
      assertTrue(isOffered(layer, plan -> plan.forward() == Forward.DEPTHWISE), "row by row");
    }
    return List.of(
        new NetworkLayer[] {conv1, act1},
        new NetworkLayer[] {conv2, act2},
        new NetworkLayer[] {conv3, act3, pool3},
        new NetworkLayer[] {conv4, act4, pool4});
  }

  /** Overlapping pools with padding, and enough channels for products over the whole batch. */
  private static List<NetworkLayer[]> manyChannels(ModuleBuilder build) {
    Filters first = Filters.of(22, Window.kernel(5, 5).padding(2, 2).stride(2, 2));
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
}
