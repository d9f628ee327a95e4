package io.github.posteriori.data.corruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import org.junit.jupiter.api.Test;

/** The moments of the noises. */
class NoiseTest {
  private static final Shape.Image SHAPE = Shape.image(3, 100, 100);

  private static float[] of(Distortion noise, double grey) {
    return TestImages.distorted(noise, SHAPE, TestImages.constant(SHAPE, grey), 1);
  }

  @Test
  void gaussianNoiseHasItsVarianceWhateverTheImage() {
    for (double grey : new double[] {0.2, 0.7}) {
      float[] noisy = of(new GaussianNoise(0.26), grey);
      assertEquals(grey, TestImages.mean(noisy), 0.006);
      assertEquals(0.26 * 0.26, TestImages.variance(noisy), 0.002);
    }
  }

  @Test
  void shotNoiseHasAVarianceThatGrowsWithTheLight() {
    for (double grey : new double[] {0.1, 0.9}) {
      for (double photons : new double[] {3, 60, 500}) {
        float[] noisy = of(new ShotNoise(photons), grey);
        assertEquals(grey, TestImages.mean(noisy), 0.015);
        assertEquals(grey / photons, TestImages.variance(noisy), 0.03 * grey / photons);
        assertEquals(Math.rint(photons * noisy[0]), photons * noisy[0], 1e-3, "whole photons");
      }
    }
    assertEquals(0, TestImages.variance(of(new ShotNoise(3), 0)), "no light, no noise");
  }

  @Test
  void impulseNoiseReplacesItsShareByBlackAndWhite() {
    float[] noisy = of(new ImpulseNoise(0.17), 0.4);
    int black = 0;
    int white = 0;
    for (float pixel : noisy) {
      assertTrue(pixel == 0 || pixel == 1 || pixel == 0.4f);
      black += pixel == 0 ? 1 : 0;
      white += pixel == 1 ? 1 : 0;
    }
    assertEquals(0.085, black / 30_000.0, 0.006);
    assertEquals(0.085, white / 30_000.0, 0.006);
  }
}
