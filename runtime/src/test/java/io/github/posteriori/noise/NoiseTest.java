package io.github.posteriori.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static final int DRAWS = 10_000_000;

  /** The vectors that the authors of Threefry publish for 20 rounds. */
  @Test
  void isThreefry() {
    assertEquals(0x6b20015999ba4efeL, Threefry.block(0, 0, 0, 0));
    assertEquals(0x1cb996fcbb002be7L, Threefry.block(-1, -1, -1, -1));
    assertEquals(
        0xc4923a9c483df7a0L, Threefry.block(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3));
  }

  @Test
  void isStandardNormal() {
    float[] draws = NoiseKey.training(1, 2).of(3).normal(0, 1000, DRAWS / 1000);
    double[] moments = new double[4];
    double lag = 0;
    for (int i = 0; i < DRAWS; i++) {
      double power = 1;
      for (int m = 0; m < 4; m++) {
        power *= draws[i];
        moments[m] += power / DRAWS;
      }
      lag += i == 0 ? 0 : draws[i] * (double) draws[i - 1] / DRAWS;
    }
    double error = 1 / Math.sqrt(DRAWS);
    assertEquals(0, moments[0], 4 * error);
    assertEquals(1, moments[1], 4 * Math.sqrt(2) * error);
    assertEquals(0, moments[2], 4 * Math.sqrt(15) * error);
    assertEquals(3, moments[3], 4 * Math.sqrt(96) * error);
    assertEquals(0, lag, 4 * error, "neighbours are correlated");
    Arrays.sort(draws);
    double distance = 0;
    for (int i = 0; i < DRAWS; i += 100) {
      distance = Math.max(distance, Math.abs(cumulative(draws[i]) - (double) i / DRAWS));
    }
    assertTrue(distance * Math.sqrt(DRAWS) < 1.95, "Kolmogorov-Smirnov distance " + distance);
  }

  /** Phi(x), by Simpson's rule from 0. */
  private static double cumulative(double x) {
    int intervals = 2 * (int) Math.ceil(Math.abs(x) * 16 + 1);
    double h = x / intervals;
    double sum = 1 + Math.exp(-x * x / 2);
    for (int i = 1; i < intervals; i++) {
      sum += (i % 2 == 1 ? 4 : 2) * Math.exp(-i * h * i * h / 2);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  @Test
  void isTheSameOnAnyNumberOfThreads() throws Exception {
    Noise noise = NoiseKey.training(1, 2).of(3);
    float[] here = noise.normal(0, 64, 3001);
    for (int threads : new int[] {1, 3}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      assertArrayEquals(here, pool.submit(() -> noise.normal(0, 64, 3001)).get());
      pool.shutdown();
    }
  }

  @Test
  void belongsToTheImageNotToTheBatch() {
    Noise noise = NoiseKey.training(1, 2).of(3);
    float[] whole = noise.normal(0, 5, 7);
    assertArrayEquals(Arrays.copyOfRange(whole, 21, 35), noise.normal(3, 2, 7));
  }

  @Test
  void differsBetweenSeedsStepsLayersAndSamples() {
    NoiseKey key = NoiseKey.training(1, 2);
    float[] draw = key.of(3).normal(0, 1, 8);
    assertFalse(Arrays.equals(draw, NoiseKey.training(2, 2).of(3).normal(0, 1, 8)));
    assertFalse(Arrays.equals(draw, NoiseKey.training(1, 3).of(3).normal(0, 1, 8)));
    assertFalse(Arrays.equals(draw, key.of(4).normal(0, 1, 8)));
    assertFalse(Arrays.equals(draw, key.withSample(1).of(3).normal(0, 1, 8)));
    assertFalse(Arrays.equals(draw, NoiseKey.evaluation(1, 0).of(3).normal(0, 1, 8)));
  }

  @Test
  void isUniform() {
    float[] draws = NoiseKey.training(1, 2).of(3).uniform(0, 100, 10_000);
    double sum = 0;
    for (float draw : draws) {
      assertTrue(draw >= 0 && draw < 1);
      sum += draw;
    }
    assertEquals(0.5, sum / draws.length, 4 * Math.sqrt(1.0 / 12 / draws.length));
  }
}
