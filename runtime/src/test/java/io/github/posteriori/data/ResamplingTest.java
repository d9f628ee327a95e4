package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {

  @Test
  void leavesAnAxisOfTheRightLengthAlone() {
    float[] values = {0.1f, 0.7f, 0.3f};

    assertArrayEquals(values, resampled(values, 3));
  }

  @ParameterizedTest
  @CsvSource({"28,32", "1,5", "3,4", "7,64"})
  void enlargesAsBilinearInterpolationDoes(int source, int target) {
    float[] values = new float[source];
    for (int i = 0; i < source; i++) {
      values[i] = (float) KeyedRandom.of("test", i).uniform();
    }
    Dataset row =
        Dataset.of("row", Shape.image(1, 1, source), 1, new float[][] {values}, new int[1]);
    float[] expected = new float[target];
    new Resized(row, 1, target).image(0, expected, 0);

    assertArrayEquals(expected, resampled(values, target), 1e-6f);
  }

  @Test
  void weighsByATriangleWhereItShrinks() {
    float[] row = {0, 0, 0, 80, 0, 0};

    // The centres are 1.5 and 4.5, three pixels reach in; the one at 3.5 is 2 and 1 away, and the
    // weights of the four pixels within reach are 2/3, 1, 2/3 and 1/3, or 8/3 together.
    assertArrayEquals(new float[] {10, 20}, resampled(row, 2), 1e-4f);
  }

  @ParameterizedTest
  @CsvSource({"64,8", "100,28", "29,28", "5,1"})
  void keepsAFlatAxisFlat(int source, int target) {
    float[] values = new float[source];
    java.util.Arrays.fill(values, 0.5f);

    for (float value : resampled(values, target)) {
      assertEquals(0.5f, value, 1e-6f);
    }
  }

  private static float[] resampled(float[] values, int target) {
    Resampling resampling = Resampling.between(values.length, target);
    float[] result = new float[target];
    resampling.along(values, result);
    float[][] column = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      column[i] = new float[] {values[i]};
    }
    float[] row = new float[1];
    for (int i = 0; i < target; i++) {
      resampling.across(i, column, row);
      assertEquals(result[i], row[0], "along and across");
    }
    return result;
  }
}
