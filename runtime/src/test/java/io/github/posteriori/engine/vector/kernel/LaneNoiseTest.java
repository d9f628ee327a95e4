package io.github.posteriori.engine.vector.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.noise.Noise;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Noise made a register of images at a time is the noise that {@link Noise} defines. */
class LaneNoiseTest {
  private static final int WIDTH = 4 * FloatVector.SPECIES_PREFERRED.length();
  private static final int DRAWS = 10_000_000;

  private final LaneNoise lanes = new LaneNoise(WIDTH);

  @Test
  void normalNumbersAreTheSameBits() {
    Noise noise = NoiseKey.training(7, 3).of(2);
    lanes.key(noise, 0, WIDTH, 1000, 1);
    int elements = 1026;
    float[] found = new float[elements * WIDTH + 5];
    lanes.normal(0, elements / 2, found, 5);
    assertSameBits(noise.normal(1000, WIDTH, elements), found, elements, 5);
  }

  @Test
  void uniformNumbersAreTheSameBits() {
    Noise noise = NoiseKey.training(7, 3).of(2);
    lanes.key(noise, 0, WIDTH, 0, 1);
    float[] found = new float[64 * WIDTH];
    lanes.uniform(0, 32, found, 0);
    assertSameBits(noise.uniform(0, WIDTH, 64), found, 64, 0);
  }

  private static void assertSameBits(float[] byImage, float[] byElement, int elements, int from) {
    for (int image = 0; image < WIDTH; image++) {
      for (int e = 0; e < elements; e++) {
        assertEquals(
            Float.floatToRawIntBits(byImage[image * elements + e]),
            Float.floatToRawIntBits(byElement[from + e * WIDTH + image]),
            "element " + e + " of image " + image);
      }
    }
  }

  @Test
  void lanesMayHoldSeveralSamples() {
    Noise first = NoiseKey.evaluation(1, 0).of(4);
    Noise second = NoiseKey.evaluation(1, 1).of(4);
    lanes.key(first, 0, 3, 5, 1);
    lanes.key(second, 3, WIDTH, 0, 1);
    float[] found = new float[2 * WIDTH];
    lanes.normal(3, 1, found, 0);
    assertEquals(first.normal(6, 1, 8)[6], found[1]);
    assertEquals(second.normal(0, 1, 8)[7], found[WIDTH + 3]);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "0, 6", "0, 7", "3, 0", "3, 7", "59999, 1"})
  void aSequenceOfOneImageIsTheSameBits(int image, int firstElement) {
    Noise noise = NoiseKey.training(9, 1).of(5);
    float[] expected = noise.normal(image, 1, 1000);
    float[] found = new float[905];
    for (int pairs = 1; pairs < 9; pairs++) {
      Arrays.fill(found, 0);
      lanes.sequence(noise, image, firstElement, 900, found, 5, new float[2 * pairs * WIDTH + 1]);
      assertArrayEquals(
          Arrays.copyOfRange(expected, firstElement, firstElement + 900),
          Arrays.copyOfRange(found, 5, 905),
          pairs + " pairs of elements at a time");
    }
  }

  /** At ten million draws the bounds are five standard errors, and the 1e-6 level of the test. */
  @Test
  void tenMillionDrawsHaveTheMomentsAndTheDistributionOfNormalNumbers() {
    float[] draws = draws();
    double[] moments = new double[5];
    double neighbours = 0;
    double images = 0;
    for (int i = 0; i < draws.length; i++) {
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= draws[i];
        moments[k] += power / draws.length;
      }
      neighbours += i >= WIDTH ? (double) draws[i] * draws[i - WIDTH] / draws.length : 0;
      images += i >= 1 ? (double) draws[i] * draws[i - 1] / draws.length : 0;
    }
    double error = 1 / Math.sqrt(draws.length);
    assertEquals(0, moments[1], 5 * error, "mean");
    assertEquals(1, moments[2], 5 * Math.sqrt(2) * error, "variance");
    assertEquals(0, moments[3], 5 * Math.sqrt(15) * error, "third moment");
    assertEquals(3, moments[4], 5 * Math.sqrt(96) * error, "fourth moment");
    assertEquals(0, neighbours, 5 * error, "correlation of neighbouring elements");
    assertEquals(0, images, 5 * error, "correlation of neighbouring images");
    double distance = kolmogorovSmirnov(draws);
    assertTrue(distance * Math.sqrt(draws.length) < 2.7, "Kolmogorov-Smirnov " + distance);
  }

  private float[] draws() {
    lanes.key(NoiseKey.training(11, 0).of(0), 0, WIDTH, 0, 1);
    int pairs = DRAWS / (2 * WIDTH);
    float[] draws = new float[2 * pairs * WIDTH];
    for (int pair = 0; pair < pairs; pair++) {
      lanes.normal(pair, 1, draws, 2 * pair * WIDTH);
    }
    return draws;
  }

  /** The largest distance of the empirical distribution from the normal one. */
  private static double kolmogorovSmirnov(float[] draws) {
    float[] sorted = draws.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = cumulative(sorted[i]);
      largest = Math.max(largest, Math.abs(expected - (double) i / sorted.length));
      largest = Math.max(largest, Math.abs(expected - (i + 1.0) / sorted.length));
    }
    return largest;
  }

  /** Abramowitz and Stegun 7.1.26 for the error function, good to 1.5e-7. */
  private static double cumulative(double x) {
    double z = Math.abs(x) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * z);
    double polynomial =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double error = 1 - polynomial * Math.exp(-z * z);
    return x < 0 ? 0.5 * (1 - error) : 0.5 * (1 + error);
  }
}
