package io.github.posteriori.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class SoftplusTest {
  @Test
  void neitherOverflowsNorLosesSmallValues() {
    float[] x = {-80, -20, -5, -0.5f, 0, 0.5f, 5, 20, 90, 1e4f};
    float[] y = Softplus.of(Nd4j.createFromArray(x)).toFloatVector();
    for (int i = 0; i < x.length; i++) {
      double expected = x[i] > 30 ? x[i] : Math.log1p(Math.exp(x[i]));
      assertEquals(1, y[i] / expected, 1e-6, "softplus(" + x[i] + ")");
    }
  }
}
