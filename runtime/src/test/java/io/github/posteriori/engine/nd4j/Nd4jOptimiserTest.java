package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.Chain;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Optimisers in double precision, where no rounding hides what is wrong. */
class Nd4jOptimiserTest {
  private static final int WEIGHTS = 37;

  private final Chain module =
      Chain.of(
          ModuleOptions.defaults(),
          build ->
              List.<NetworkLayer[]>of(
                  new NetworkLayer[] {build.linear("fc", Shape.features(WEIGHTS), 1, false)}));
  private final Parameter parameter = module.parameters().get(0);
  private final Nd4jRunner runner = new Nd4jRunner(module.network(), DataType.DOUBLE);

  /** The gradient of step {@code t}, as the parameter holds it. */
  private float[] writeGradient(double[] values, int t) {
    float[] gradient = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      gradient[i] = (float) (3 * values[i] - t);
    }
    parameter.writeGradient(0, WEIGHTS, gradient, 0);
    return gradient;
  }

  private void assertValue(double[] expected, int t) {
    INDArray found = runner.arrays().value(parameter);
    for (int i = 0; i < WEIGHTS; i++) {
      assertEquals(expected[i], found.getDouble(i), 1e-8, "step " + t);
    }
  }

  @Test
  void adamFollowsTheAlgorithmOfItsAuthors() {
    OptimiserRunner adam = runner.optimiser(Optimiser.adam());
    double[] expected = parameter.numbers();
    double[] first = new double[WEIGHTS];
    double[] second = new double[WEIGHTS];
    for (int t = 1; t <= 4; t++) {
      double rate = 0.01 / t;
      float[] gradient = writeGradient(expected, t);
      double alpha = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
      for (int i = 0; i < WEIGHTS; i++) {
        first[i] = 0.9 * first[i] + 0.1 * gradient[i];
        second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
        expected[i] -= alpha * first[i] / (Math.sqrt(second[i]) + 1e-8);
      }
      adam.apply(rate);
      assertValue(expected, t);
    }
  }

  @Test
  void gradientDescentKeepsAShareOfItsVelocity() {
    OptimiserRunner sgd = runner.optimiser(Optimiser.sgd(0.9));
    double[] expected = parameter.numbers();
    double[] velocity = new double[WEIGHTS];
    for (int t = 1; t <= 4; t++) {
      float[] gradient = writeGradient(expected, t);
      for (int i = 0; i < WEIGHTS; i++) {
        velocity[i] = 0.9 * velocity[i] + gradient[i];
        expected[i] -= 0.01 / t * velocity[i];
      }
      sgd.apply(0.01 / t);
      assertValue(expected, t);
    }
  }
}
