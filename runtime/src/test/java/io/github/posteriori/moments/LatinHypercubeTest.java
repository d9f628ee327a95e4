package io.github.posteriori.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.posteriori.uncertainty.StandardNormal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatinHypercubeTest {
  private static float[] dimension(float[][] draws, int k) {
    float[] values = new float[draws.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws[i][k];
    }
    return values;
  }

  @Test
  void eachDimensionHasTheSameQuantilesInAnOrderOfItsOwn() {
    float[][] draws = LatinHypercube.normal(64, 5);
    float[] first = dimension(draws, 0);
    float[] sorted = first.clone();
    Arrays.sort(sorted);
    double mean = 0;
    double square = 0;
    for (float z : sorted) {
      mean += z / 64;
      square += z * (double) z / 64;
    }
    assertEquals(0, mean, 1e-7);
    assertEquals(1, square, 1e-6);
    for (int k = 1; k < 5; k++) {
      float[] other = dimension(draws, k);
      assertFalse(Arrays.equals(first, other), "dimension " + k);
      Arrays.sort(other);
      assertArrayEquals(sorted, other);
    }
  }

  @Test
  void quantilesUndoTheDistributionFunction() {
    for (double p : new double[] {1e-6, 0.01, 0.3, 0.5, 0.9, 0.999}) {
      assertEquals(p, StandardNormal.cdf(StandardNormal.quantile(p)), 1e-14);
    }
    assertEquals(1.959963984540054, StandardNormal.quantile(0.975), 1e-12);
  }
}
