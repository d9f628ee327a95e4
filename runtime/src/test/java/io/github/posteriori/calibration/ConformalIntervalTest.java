package io.github.posteriori.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformalIntervalTest {
  private static final int SPLITS = 100;

  /** Numbers with heavy tails around means that are off, and deviations that are too small. */
  private record Numbers(double[] observed, double[] means, double[] deviations) {
    static Numbers draw(int count, Random random) {
      Numbers numbers = new Numbers(new double[count], new double[count], new double[count]);
      for (int i = 0; i < count; i++) {
        double spread = 100 * (1 + random.nextDouble());
        double noise = random.nextGaussian() / Math.sqrt(random.nextDouble());
        numbers.observed[i] = 5_000 + spread * noise;
        numbers.means[i] = 5_030;
        numbers.deviations[i] = spread / 3;
      }
      return numbers;
    }

    double coverage(ConformalInterval interval) {
      int within = 0;
      for (int i = 0; i < observed.length; i++) {
        double[] ends = interval.around(means[i], deviations[i]);
        within += observed[i] >= ends[0] && observed[i] <= ends[1] ? 1 : 0;
      }
      return (double) within / observed.length;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.9, 0.95})
  void coversAsPromisedOverRandomSplits(double promised) {
    Random random = new Random(3);
    double[] covered = new double[SPLITS];
    for (int s = 0; s < SPLITS; s++) {
      Numbers heldOut = Numbers.draw(199, random);
      ConformalInterval interval =
          ConformalInterval.fit(heldOut.observed, heldOut.means, heldOut.deviations, promised);
      covered[s] = Numbers.draw(400, random).coverage(interval);
    }
    double mean = Arrays.stream(covered).average().orElseThrow();
    double variance = Arrays.stream(covered).map(c -> (c - mean) * (c - mean)).sum() / (SPLITS - 1);
    assertEquals(Math.round(200 * promised) / 200.0, mean, 4 * Math.sqrt(variance / SPLITS));
    assertEquals(promised, mean, 0.01);
  }

  @Test
  void theFactorIsAQuantileOfErrorsInDeviations() {
    double[] observed = {1, 2, 3, 40};
    double[] means = {0, 0, 0, 0};
    double[] deviations = {1, 4, 1, 10};
    // Errors in deviations: 1, 0.5, 3 and 4, of which the third of four is promised 3 / 5.
    ConformalInterval interval = ConformalInterval.fit(observed, means, deviations, 0.6);
    assertEquals(3, interval.factor());
    assertArrayEquals(new double[] {-5, 7}, interval.around(1, 2));
  }

  @Test
  void refusesANetworkWithoutSpread() {
    double[] ones = {1, 1, 1};
    assertThrows(
        IllegalArgumentException.class,
        () -> ConformalInterval.fit(ones, new double[3], new double[3], 0.5));
  }
}
