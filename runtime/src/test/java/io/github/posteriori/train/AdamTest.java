package io.github.posteriori.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.layers.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdamTest {
  @Test
  void followsTheAlgorithmOfItsAuthors() {
    INDArray value = Nd4j.createFromArray(1.0, -2.0);
    Parameter parameter = new Parameter("w", value, value.like(), true);
    Adam adam = new Adam(List.of(parameter));
    double[] expected = {1, -2};
    double[] first = new double[2];
    double[] second = new double[2];
    for (int t = 1; t <= 4; t++) {
      double rate = 0.01 / t;
      for (int i = 0; i < 2; i++) {
        double gradient = 3 * expected[i] - t;
        parameter.gradient().putScalar(i, gradient);
        first[i] = 0.9 * first[i] + 0.1 * gradient;
        second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
        double firstHat = first[i] / (1 - Math.pow(0.9, t));
        double secondHat = second[i] / (1 - Math.pow(0.999, t));
        expected[i] -= rate * firstHat / (Math.sqrt(secondHat) + 1e-8);
      }
      adam.step(rate);
      assertEquals(expected[0], value.getDouble(0), 1e-8, "step " + t);
      assertEquals(expected[1], value.getDouble(1), 1e-8, "step " + t);
    }
  }

  @Test
  void leavesRunningStatisticsAlone() {
    INDArray value = Nd4j.createFromArray(1.0);
    Parameter statistic = new Parameter("bn.running_mean", value, Nd4j.createFromArray(5.0), false);
    new Adam(List.of(statistic)).step(0.1);
    assertEquals(1, value.getDouble(0));
  }
}
