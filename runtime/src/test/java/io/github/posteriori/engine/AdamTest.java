package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.layers.Parameter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdamTest {
  private static final int WEIGHTS = 37;

  @ParameterizedTest
  @CsvSource({"nd4j, DOUBLE, 1e-8", "nd4j, FLOAT, 2e-6", "vector, FLOAT, 2e-6"})
  void followsTheAlgorithmOfItsAuthors(String engine, DataType type, double tolerance) {
    INDArray value = Nd4j.linspace(type, 1, -0.3, WEIGHTS);
    Parameter parameter = new Parameter("w", value, value.like(), true);
    Optimiser adam = Engines.named(engine).adam(List.of(parameter));
    double[] expected = value.toDoubleVector();
    double[] first = new double[WEIGHTS];
    double[] second = new double[WEIGHTS];
    for (int t = 1; t <= 4; t++) {
      double rate = 0.01 / t;
      for (int i = 0; i < WEIGHTS; i++) {
        double gradient = 3 * expected[i] - t;
        parameter.gradient().putScalar(i, gradient);
        first[i] = 0.9 * first[i] + 0.1 * gradient;
        second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
        // The order of computation at the end of the paper's section 2.
        double alpha = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        expected[i] -= alpha * first[i] / (Math.sqrt(second[i]) + 1e-8);
      }
      adam.step(rate);
      for (int i = 0; i < WEIGHTS; i++) {
        assertEquals(expected[i], value.getDouble(i), tolerance, "step " + t);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "vector"})
  void leavesRunningStatisticsAlone(String engine) {
    INDArray value = Nd4j.createFromArray(1.0f);
    Parameter statistic =
        new Parameter("bn.running_mean", value, Nd4j.createFromArray(5.0f), false);
    Engines.named(engine).adam(List.of(statistic)).step(0.1);
    assertEquals(1, value.getDouble(0));
  }
}
