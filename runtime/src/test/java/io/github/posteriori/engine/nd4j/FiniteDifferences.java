package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.engine.Signal;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every gradient against central differences, in double precision: the relative error stays below
 * 1e-6. Float precision, which ND4J computes with other code, is then held to double precision
 * within 1e-4.
 */
final class FiniteDifferences {
  /** Every element of a tensor, or one of seven: inputs are large, and their elements alike. */
  private static final int ALL = 1;

  private static final int SOME = 7;
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final NoiseKey NOISE = NoiseKey.training(5, 17);

  private FiniteDifferences() {}

  /** Checks a module, which {@code factory} makes in either precision, on three images. */
  static void check(Function<DataType, ? extends BayesModule> factory) {
    check(factory, 3);
  }

  static void check(Function<DataType, ? extends BayesModule> factory, int images) {
    BayesModule module = factory.apply(DataType.DOUBLE);
    INDArray x = random(1, module.inputShape().batch(images)).addi(0.1);
    INDArray weights = random(2, module.outputShape().batch(images));

    INDArray dx = backward(module, x, weights).dx();
    compare("the input", SOME, x, dx, () -> loss(module, x, weights));
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
    compareFloat(module, factory.apply(DataType.FLOAT), x, weights);
  }

  /** Outputs and gradients in float precision, against those that were just checked. */
  private static void compareFloat(
      BayesModule precise, BayesModule module, INDArray x, INDArray weights) {
    Traversal expected = backward(precise, x, weights);
    Traversal found = backward(module, x.castTo(DataType.FLOAT), weights.castTo(DataType.FLOAT));
    assertClose("the output", expected.y(), found.y());
    assertClose("the gradient of the input", expected.dx(), found.dx());
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

  private record Traversal(INDArray y, INDArray dx) {}

  private static Traversal backward(BayesModule module, INDArray x, INDArray weights) {
    module.parameters().forEach(p -> p.gradient().assign(0));
    Nd4jPass pass = new Nd4jPass(NOISE, Purpose.TRAINING);
    Signal y = module.network().forward().run(pass, new Activations(x, true));
    Signal dx = module.network().backward().run(pass, Gradient.of(weights));
    return new Traversal(((Activations) y).array(), ((Gradient) dx).array().orElseThrow());
  }

  private static void assertClose(String what, INDArray expected, INDArray found) {
    double error = expected.sub(found.castTo(DataType.DOUBLE)).norm2Number().doubleValue();
    double norm = expected.norm2Number().doubleValue();
    assertTrue(
        error <= 1e-4 * Math.max(norm, 1e-6),
        what + " is off by " + error + " in float, of " + norm);
  }

  /** The sum of all outputs, each times a fixed number. */
  private static double loss(BayesModule module, INDArray x, INDArray weights) {
    Signal y =
        module
            .network()
            .forward()
            .run(new Nd4jPass(NOISE, Purpose.TRAINING), new Activations(x, true));
    return ((Activations) y).array().mul(weights).sumNumber().doubleValue();
  }

  private static void compare(
      String what, int stride, INDArray value, INDArray gradient, DoubleSupplier loss) {
    assertEquals(value.length(), gradient.length(), what);
    INDArray flatGradient = gradient.dup('c').reshape(gradient.length());
    double scale = Math.max(1, gradient.norm2Number().doubleValue() / Math.sqrt(gradient.length()));
    double worst = 0;
    for (long i = 0; i < value.length(); i += stride) {
      double before = value.data().getDouble(i);
      value.data().put(i, before + STEP);
      double up = loss.getAsDouble();
      value.data().put(i, before - STEP);
      double down = loss.getAsDouble();
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
