package io.github.posteriori.engine.nd4j;

import io.github.posteriori.Chain;
import io.github.posteriori.LayerCatalogue;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The gradients of every layer, alone and in a stage. */
class GradientTest {
  private static final Shape.Image IMAGE = LayerCatalogue.IMAGE;

  @TestFactory
  Stream<DynamicTest> everyAffineLayerUnderEveryEstimator() {
    return LayerCatalogue.affine().entrySet().stream()
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
    return LayerCatalogue.others().entrySet().stream()
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
                              NetworkLayer conv =
                                  build.bayesConv(
                                      "conv", IMAGE, Filters.of(5, Window.kernel(3, 3)));
                              NetworkLayer act =
                                  build.activation("act", conv.output(), Activation.SOFTPLUS);
                              NetworkLayer pool =
                                  build.maxPool(
                                      "pool", act.output(), Window.kernel(2, 2).stride(2, 2));
                              return List.<NetworkLayer[]>of(new NetworkLayer[] {conv, act, pool});
                            })));
  }

  private static Chain.Declaration alone(Function<ModuleBuilder, NetworkLayer> layer) {
    return build -> List.<NetworkLayer[]>of(new NetworkLayer[] {layer.apply(build)});
  }

  private static void check(Estimator estimator, Chain.Declaration declaration) {
    ModuleOptions options = ModuleOptions.defaults().withSeed(3).withEstimator(estimator);
    FiniteDifferences.check(() -> Chain.of(options, declaration));
  }
}
