package io.github.posteriori.engine.nd4j;

import io.github.posteriori.Chain;
import io.github.posteriori.Layer;
import io.github.posteriori.ModuleBuilder;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Shape;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The gradients of every layer, alone and in a stage. */
class GradientTest {
  private static final Shape.Image IMAGE = Shape.image(4, 7, 6);
  private static final Shape.Features FEATURES = Shape.features(9);

  private static Map<String, Function<ModuleBuilder, Layer>> affineLayers() {
    Map<String, Function<ModuleBuilder, Layer>> layers = new LinkedHashMap<>();
    Window plain = Window.kernel(3, 3);
    Map<String, Filters> filters = new LinkedHashMap<>();
    filters.put("conv", Filters.of(5, plain));
    filters.put("conv without bias", Filters.of(5, plain).withoutBias());
    filters.put("conv, kernel 2x3", Filters.of(5, Window.kernel(2, 3)));
    filters.put(
        "conv, kernel 3x2, stride 2x1, padding 1x2",
        Filters.of(3, Window.kernel(3, 2).stride(2, 1).padding(1, 2)));
    filters.put("conv, dilation 2x1", Filters.of(3, plain.dilation(2, 1)));
    filters.put(
        "conv, dilation 1x2, stride 1x2",
        Filters.of(3, Window.kernel(2, 2).dilation(1, 2).stride(1, 2)));
    filters.put(
        "conv, kernel 1x3, dilation 2x2", Filters.of(3, Window.kernel(1, 3).dilation(2, 2)));
    filters.put("conv, 2 groups", Filters.of(6, plain).groups(2));
    filters.put(
        "conv, 4 groups, no bias", Filters.of(4, Window.kernel(3, 2)).groups(4).withoutBias());
    filters.forEach(
        (name, f) -> {
          layers.put("Bayesian " + name, build -> build.bayesConv("layer", IMAGE, f));
          layers.put("deterministic " + name, build -> build.conv("layer", IMAGE, f));
        });
    for (boolean bias : new boolean[] {true, false}) {
      String name = "linear, bias " + bias;
      layers.put("Bayesian " + name, build -> build.bayesLinear("layer", FEATURES, 5, bias));
      layers.put("deterministic " + name, build -> build.linear("layer", FEATURES, 5, bias));
    }
    return layers;
  }

  private static Map<String, Function<ModuleBuilder, Layer>> otherLayers() {
    Map<String, Function<ModuleBuilder, Layer>> layers = new LinkedHashMap<>();
    for (Activation function : List.of(Activation.SOFTPLUS, Activation.RELU, Activation.TANH)) {
      layers.put(function.toString(), build -> build.activation("layer", IMAGE, function));
    }
    Window window = Window.kernel(3, 2).stride(2, 1).padding(1, 0);
    layers.put("max-pool", build -> build.maxPool("layer", IMAGE, window));
    layers.put("mean-pool", build -> build.avgPool("layer", IMAGE, window));
    layers.put("batch norm of an image", build -> build.batchNorm("layer", IMAGE));
    layers.put("batch norm of features", build -> build.batchNorm("layer", FEATURES));
    layers.put("dropout", build -> build.dropout("layer", IMAGE, 0.4));
    layers.put("flatten", build -> build.flatten("layer", IMAGE));
    return layers;
  }

  @TestFactory
  Stream<DynamicTest> everyAffineLayerUnderEveryEstimator() {
    return affineLayers().entrySet().stream()
        .flatMap(
            layer ->
                Arrays.stream(Estimator.values())
                    .filter(e -> layer.getKey().startsWith("Bayesian") || e == Estimator.POINT)
                    .map(
                        estimator ->
                            DynamicTest.dynamicTest(
                                layer.getKey() + " under " + estimator,
                                () -> check(estimator, alone(layer.getValue())))));
  }

  @TestFactory
  Stream<DynamicTest> everyOtherLayer() {
    return otherLayers().entrySet().stream()
        .map(
            layer ->
                DynamicTest.dynamicTest(
                    layer.getKey(), () -> check(Estimator.LRT, alone(layer.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> aStageOfConvolutionActivationAndPool() {
    return Arrays.stream(Estimator.values())
        .map(
            estimator ->
                DynamicTest.dynamicTest(
                    estimator.toString(),
                    () ->
                        check(
                            estimator,
                            build -> {
                              Layer conv =
                                  build.bayesConv(
                                      "conv", IMAGE, Filters.of(5, Window.kernel(3, 3)));
                              Layer act =
                                  build.activation("act", conv.output(), Activation.SOFTPLUS);
                              Layer pool =
                                  build.maxPool(
                                      "pool", act.output(), Window.kernel(2, 2).stride(2, 2));
                              return List.<Layer[]>of(new Layer[] {conv, act, pool});
                            })));
  }

  private static Chain.Declaration alone(Function<ModuleBuilder, Layer> layer) {
    return build -> List.<Layer[]>of(new Layer[] {layer.apply(build)});
  }

  private static void check(Estimator estimator, Chain.Declaration declaration) {
    ModuleOptions options = ModuleOptions.defaults().withSeed(3).withEstimator(estimator);
    FiniteDifferences.check(type -> Chain.of(type, options, declaration));
  }
}
