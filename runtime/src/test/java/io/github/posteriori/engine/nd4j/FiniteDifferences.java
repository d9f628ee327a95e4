package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Numbers;
import io.github.posteriori.engine.NeededGradients;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every gradient against central differences, in double precision: the relative error stays below
 * 1e-6. Float precision, which ND4J computes with other code, is then held to double precision
 * within 1e-4.
 */
final class FiniteDifferences {
  /** Of a tensor of more elements, which are alike, one of eleven is moved. */
  private static final int MOST = 50;

  private static final int STRIDE = 11;
  private static final double STEP = 1e-5;

  /** For the floats of a layer of a user's own, which no rounding may move. */
  private static final double STEP_OF_FLOATS = 0x1p-10;

  private static final double TOLERANCE = 1e-6;
  private static final NoiseKey NOISE = NoiseKey.training(5, 17);

  private final BayesModule module;
  private final Nd4jRunner runner;
  private final INDArray x;
  private final INDArray weights;

  private FiniteDifferences(BayesModule module, DataType type, INDArray x, INDArray weights) {
    this.module = module;
    this.runner =
        new Nd4jRunner(module.network(), type, NeededGradients.withInput(module.network()));
    this.x = x.castTo(type);
    this.weights = weights.castTo(type);
  }

  /** Checks a module, which {@code factory} makes for either precision, on three images. */
  static void check(Supplier<? extends BayesModule> factory) {
    check(factory, 3);
  }

  /** Checks a module on some images. */
  static void check(Supplier<? extends BayesModule> factory, int images) {
    BayesModule module = factory.get();
    INDArray x = random(1, module.inputShape().batch(images)).addi(0.1);
    INDArray weights = random(2, module.outputShape().batch(images));
    FiniteDifferences precise = new FiniteDifferences(module, DataType.DOUBLE, x, weights);
    Traversal expected = precise.backward();
    precise.check(expected);
    compareFloat(
        expected, new FiniteDifferences(factory.get(), DataType.FLOAT, x, weights).backward());
  }

  /**
   * What a way back leaves.
   *
   * @param gradients of the trained parameters, by name
   */
  private record Traversal(INDArray y, INDArray dx, Map<String, INDArray> gradients) {}

  private Traversal backward() {
    runner.arrays().clearGradients();
    Nd4jPass pass = pass();
    Signal y = module.network().forward().run(pass, new Activations(x));
    Signal dx = module.network().backward().run(pass, Gradient.of(weights));
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    for (Parameter parameter : module.parameters()) {
      if (parameter.trained()) {
        INDArray added = parameter.gradient().castTo(x.dataType());
        gradients.put(parameter.name(), runner.arrays().gradient(parameter).add(added));
      }
    }
    return new Traversal(
        ((Activations) y).array(), ((Gradient) dx).array().orElseThrow(), gradients);
  }

  private Nd4jPass pass() {
    return runner.pass(NOISE, Purpose.TRAINING, (layer, output) -> {});
  }

  private void check(Traversal traversal) {
    compare("the input", x, traversal.dx);
    for (NetworkLayer layer : module.network().layers()) {
      for (Parameter parameter : layer.parameters()) {
        INDArray gradient = traversal.gradients.get(parameter.name());
        if (layer instanceof CustomLayer) {
          compareFloats(parameter, gradient);
        } else if (parameter.trained()) {
          compare(parameter.name(), runner.arrays().value(parameter), gradient);
        }
      }
    }
  }

  /** Outputs and gradients in float precision, against those that were just checked. */
  private static void compareFloat(Traversal expected, Traversal found) {
    assertClose("the output", expected.y, found.y);
    assertClose("the gradient of the input", expected.dx, found.dx);
    expected.gradients.forEach(
        (name, gradient) ->
            assertClose("the gradient of " + name, gradient, found.gradients.get(name)));
  }

  private static void assertClose(String what, INDArray expected, INDArray found) {
    double error = expected.sub(found.castTo(DataType.DOUBLE)).norm2Number().doubleValue();
    double norm = expected.norm2Number().doubleValue();
    assertTrue(
        error <= 1e-4 * Math.max(norm, 1e-6),
        what + " is off by " + error + " in float, of " + norm);
  }

  /** The sum of all outputs, each times a fixed number. */
  private double loss() {
    Signal y = module.network().forward().run(pass(), new Activations(x));
    return ((Activations) y).array().mul(weights).sumNumber().doubleValue();
  }

  private void compare(String what, INDArray value, INDArray gradient) {
    assertEquals(value.length(), gradient.length(), what);
    int stride = value.length() > MOST ? STRIDE : 1;
    double[] slopes = gradient.dup('c').data().asDouble();
    double worst = 0;
    for (int i = 0; i < value.length(); i += stride) {
      double before = value.data().getDouble(i);
      value.data().put(i, before + STEP);
      double up = loss();
      value.data().put(i, before - STEP);
      double down = loss();
      value.data().put(i, before);
      worst = Math.max(worst, Math.abs((up - down) / (2 * STEP) - slopes[i]));
    }
    requireSmall(what, worst, gradient);
  }

  /** As {@link #compare}, through the parameter itself, which the layer reads. */
  private void compareFloats(Parameter parameter, INDArray gradient) {
    double[] slopes = gradient.dup('c').data().asDouble();
    double worst = 0;
    for (int i = 0; i < parameter.size(); i++) {
      double before = Numbers.of(parameter)[i];
      Numbers.set(parameter, i, before + STEP_OF_FLOATS);
      assertEquals(before + STEP_OF_FLOATS, Numbers.of(parameter)[i], "the step is no float");
      double up = loss();
      Numbers.set(parameter, i, before - STEP_OF_FLOATS);
      double down = loss();
      Numbers.set(parameter, i, before);
      worst = Math.max(worst, Math.abs((up - down) / (2 * STEP_OF_FLOATS) - slopes[i]));
    }
    requireSmall(parameter.name(), worst, gradient);
  }

  private static void requireSmall(String what, double worst, INDArray gradient) {
    double scale = Math.max(1, gradient.norm2Number().doubleValue() / Math.sqrt(gradient.length()));
    assertTrue(worst / scale < TOLERANCE, "gradient of " + what + " is off by " + worst / scale);
  }

  private static INDArray random(int stream, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Nd4j.create(NoiseKey.training(9, stream).of(0).normal(0, 1, size), shape, 'c')
        .castTo(DataType.DOUBLE);
  }
}
