package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Chain;
import io.github.posteriori.Layer;
import io.github.posteriori.ModuleBuilder;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Shape;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every gradient against central differences, in double precision: the relative error stays below
 * 1e-6. Float precision, which ND4J computes with other code, is then held to double precision
 * within 1e-4.
 */
class GradientTest {
  private static final int IMAGES = 3;

  /** Every element of a tensor, or one of seven: inputs are large, and their elements alike. */
  private static final int ALL = 1;

  private static final int SOME = 7;
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final NoiseKey NOISE = NoiseKey.training(5, 17);

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
    Chain module =
        Chain.of(
            DataType.DOUBLE,
            ModuleOptions.defaults().withSeed(3).withEstimator(estimator),
            declaration);
    INDArray x = random(1, module.inputShape().batch(IMAGES)).addi(0.1);
    INDArray weights = random(2, module.outputShape().batch(IMAGES));

    module.parameters().forEach(p -> p.gradient().assign(0));
    Nd4jPass pass = new Nd4jPass(NOISE, true);
    module.network().forward().run(pass, activations(x));
    Signal dx = pass.backward(module.network().stages().get(0), activations(weights));
    compare("the input", SOME, x, Nd4jPass.array(dx), () -> loss(module, x, weights));
    for (Parameter parameter : module.parameters()) {
      if (parameter.trained()) {
        compare(
            parameter.name(),
            ALL,
            parameter.value(),
            parameter.gradient(),
            () -> loss(module, x, weights));
      }
    }
    compareFloat(module, estimator, declaration, x, weights, Nd4jPass.array(dx));
  }

  /** Outputs and gradients in float precision, against those that were just checked. */
  private static void compareFloat(
      Chain precise,
      Estimator estimator,
      Chain.Declaration declaration,
      INDArray x,
      INDArray weights,
      INDArray dx) {
    Chain module =
        Chain.of(
            DataType.FLOAT,
            ModuleOptions.defaults().withSeed(3).withEstimator(estimator),
            declaration);
    module.parameters().forEach(p -> p.gradient().assign(0));
    Nd4jPass pass = new Nd4jPass(NOISE, true);
    Signal y = module.network().forward().run(pass, activations(x.castTo(DataType.FLOAT)));
    Signal expected = precise.network().forward().run(new Nd4jPass(NOISE, true), activations(x));
    assertClose("the output", Nd4jPass.array(expected), Nd4jPass.array(y));
    Signal floatDx =
        pass.backward(
            module.network().stages().get(0), activations(weights.castTo(DataType.FLOAT)));
    assertClose("the gradient of the input", dx, Nd4jPass.array(floatDx));
    for (int p = 0; p < module.parameters().size(); p++) {
      Parameter parameter = module.parameters().get(p);
      if (parameter.trained()) {
        assertClose(
            "the gradient of " + parameter.name(),
            precise.parameters().get(p).gradient(),
            parameter.gradient());
      }
    }
  }

  private static void assertClose(String what, INDArray expected, INDArray found) {
    double error = expected.sub(found.castTo(DataType.DOUBLE)).norm2Number().doubleValue();
    double norm = expected.norm2Number().doubleValue();
    assertTrue(
        error <= 1e-4 * Math.max(norm, 1e-6),
        what + " is off by " + error + " in float, of " + norm);
  }

  private static Nd4jPass.Activations activations(INDArray array) {
    return new Nd4jPass.Activations(array);
  }

  @FunctionalInterface
  private interface Loss {
    double value();
  }

  /** The sum of all outputs, each times a fixed number. */
  private static double loss(Chain module, INDArray x, INDArray weights) {
    Signal y = module.network().forward().run(new Nd4jPass(NOISE, true), activations(x));
    return Nd4jPass.array(y).mul(weights).sumNumber().doubleValue();
  }

  private static void compare(
      String what, int stride, INDArray value, INDArray gradient, Loss loss) {
    assertEquals(value.length(), gradient.length(), what);
    INDArray flatGradient = gradient.dup('c').reshape(gradient.length());
    double scale = Math.max(1, gradient.norm2Number().doubleValue() / Math.sqrt(gradient.length()));
    double worst = 0;
    for (long i = 0; i < value.length(); i += stride) {
      double before = value.data().getDouble(i);
      value.data().put(i, before + STEP);
      double up = loss.value();
      value.data().put(i, before - STEP);
      double down = loss.value();
      value.data().put(i, before);
      worst = Math.max(worst, Math.abs((up - down) / (2 * STEP) - flatGradient.getDouble(i)));
    }
    assertTrue(worst / scale < TOLERANCE, "gradient of " + what + " is off by " + worst / scale);
  }

  private static INDArray random(int stream, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Nd4j.create(NoiseKey.training(9, stream).of(0).normal(0, 1, size), shape, 'c')
        .castTo(DataType.DOUBLE);
  }
}
