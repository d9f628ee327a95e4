package io.github.posteriori.data.corruption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Clouds, fog, snow, frost, brightness and contrast. */
class WeatherTest {
  private static final Shape.Image SHAPE = Shape.image(3, 24, 40);

  @Test
  void cloudsOfFourPixelsAreThoseByHand() {
    KeyedRandom random = KeyedRandom.of("test", 1);
    double middle = random.uniform(-1, 1);
    double right = middle / 2 + random.uniform(-1, 1);
    double below = middle / 2 + random.uniform(-1, 1);
    double least = Math.min(Math.min(0, middle), Math.min(right, below));
    double most = Math.max(Math.max(0, middle), Math.max(right, below));
    double range = most - least;
    assertArrayEquals(
        new float[] {
          (float) (-least / range),
          (float) ((right - least) / range),
          (float) ((below - least) / range),
          (float) ((middle - least) / range)
        },
        Plasma.draw(2, 2, KeyedRandom.of("test", 1)),
        1e-6f);
  }

  @Test
  void cloudsAreSmootherTheMoreTheyDecayAndHaveNoSeam() {
    double[] roughness = {roughness(1.4), roughness(2), roughness(3)};
    assertTrue(
        roughness[0] > 1.2 * roughness[1] && roughness[1] > 1.2 * roughness[2],
        Arrays.toString(roughness));
    float[] clouds = Plasma.draw(64, 3, KeyedRandom.of("test", 2));
    for (int y = 0; y < 64; y++) {
      assertEquals(clouds[y * 64], clouds[y * 64 + 63], 0.25, "left and right");
    }
  }

  private static double roughness(double decay) {
    float[] clouds = Plasma.draw(64, decay, KeyedRandom.of("test", 3));
    double sum = 0;
    for (int i = 1; i < clouds.length; i++) {
      assertTrue(clouds[i] >= 0 && clouds[i] <= 1);
      sum += Math.abs(clouds[i] - clouds[i - 1]);
    }
    return sum / clouds.length;
  }

  @Test
  void fogLightensAndFlattens() {
    float[] half = TestImages.distorted(new Fog(1.5, 2), SHAPE, TestImages.constant(SHAPE, 0.5), 1);
    double least = 1;
    double most = 0;
    for (float pixel : half) {
      least = Math.min(least, pixel);
      most = Math.max(most, pixel);
    }
    // (0.5 + 1.5 clouds) 0.5 / (0.5 + 1.5), and clouds are from 0 to 1.
    assertTrue(least >= 0.125f && most <= 0.5f && most - least > 0.2, least + " to " + most);

    // Differences between images are left by m / (m + d).
    float[] dark = TestImages.image(SHAPE, (y, x) -> y == 3 && x == 4 ? 1 : 0);
    float[] light = TestImages.constant(SHAPE, 1);
    float[] darkInFog = TestImages.distorted(new Fog(1.5, 2), SHAPE, dark, 1);
    float[] lightInFog = TestImages.distorted(new Fog(1.5, 2), SHAPE, light, 1);
    assertEquals(1 / 2.5, lightInFog[50] - darkInFog[50], 1e-5);
    assertEquals(0, lightInFog[3 * 40 + 4] - darkInFog[3 * 40 + 4], 1e-5);
  }

  @Test
  void withoutFlakesSnowIsLightGround() {
    Shape.Image pixel = Shape.image(3, 2, 2);
    float[] image = new float[12];
    image[0] = 0.1f; // red
    image[4] = 0.2f; // green
    image[8] = 0.6f; // blue
    Snow none = new Snow(0, 0, 1, 0.5, 1, 1, 0.8);
    float[] snowy = TestImages.distorted(none, pixel, image, 1);
    double light = 1.5 * (0.299 * 0.1 + 0.587 * 0.2 + 0.114 * 0.6) + 0.5;
    assertEquals(0.8 * 0.1 + 0.2 * light, snowy[0], 1e-6);
    assertEquals(0.8 * 0.6 + 0.2 * Math.max(0.6, light), snowy[8], 1e-6);
    assertEquals(0.2 * 0.5, snowy[1], 1e-6, "black");
  }

  @Test
  void flakesOnlyAddLightAndFallSteeply() {
    Shape.Image large = Shape.image(1, 60, 60);
    float[] image = TestImages.constant(large, 0);
    Snow snow = new Snow(0.1, 0.3, 1, 0.9, 6, 5, 1);
    double alongRows = 0;
    double alongColumns = 0;
    for (int key = 0; key < 10; key++) {
      float[] snowy = TestImages.distorted(snow, large, image, key);
      assertTrue(TestImages.mean(snowy) > 0.002 && TestImages.mean(snowy) < 0.1);
      for (int i = 60; i < snowy.length; i++) {
        assertTrue(snowy[i] >= 0);
        assertEquals(snowy[i], snowy[snowy.length - 1 - i], 1e-6, "the same after half a turn");
        alongRows += Math.abs(snowy[i] - snowy[i - 1]);
        alongColumns += Math.abs(snowy[i] - snowy[i - 60]);
      }
    }
    assertTrue(alongColumns < 0.8 * alongRows, alongColumns + ", " + alongRows);
  }

  @Test
  void frostCoversTheImageWithIceThatIsOnItsOwn() {
    float[] dark = TestImages.constant(SHAPE, 0);
    float[] light = TestImages.constant(SHAPE, 0.4);
    float[] ice = TestImages.distorted(new Frost(0.7, 0.5), SHAPE, dark, 1);
    float[] both = TestImages.distorted(new Frost(0.7, 0.5), SHAPE, light, 1);
    for (int i = 0; i < ice.length; i++) {
      assertEquals(0.7 * 0.4, both[i] - ice[i], 1e-6);
      assertTrue(ice[i] >= 0 && ice[i] <= 0.5f);
    }
  }

  /** The means and deviations that were measured of the five photographs. */
  @Test
  void iceIsAsLightAndBlueAsPhotographsOfIt() {
    Shape.Image shape = Shape.image(3, 48, 48);
    double[] means = new double[3];
    double deviation = 0;
    int images = 100;
    for (int key = 0; key < images; key++) {
      float[] ice =
          TestImages.distorted(new Frost(0, 1), shape, TestImages.constant(shape, 0), key);
      for (int i = 0; i < ice.length; i++) {
        means[i / (48 * 48)] += ice[i] / (48.0 * 48 * images);
      }
      deviation += Math.sqrt(TestImages.variance(Arrays.copyOf(ice, 48 * 48))) / images;
    }
    assertArrayEquals(new double[] {0.57, 0.65, 0.70}, means, 0.05);
    assertTrue(deviation > 0.06 && deviation < 0.16, "deviation within an image " + deviation);
  }

  @Test
  void brightnessAddsToTheLargestChannelAndKeepsTheHue() {
    Shape.Image pixels = Shape.image(3, 1, 3);
    float[] image = {0.2f, 0.5f, 0, 0.4f, 0.9f, 0, 0.1f, 0.3f, 0};
    assertArrayEquals(
        new float[] {0.3f, 0.5f / 0.9f, 0.2f, 0.6f, 1, 0.2f, 0.15f, 0.3f / 0.9f, 0.2f},
        TestImages.distorted(new Brightness(0.2), pixels, image, 1),
        1e-6f);
    assertArrayEquals(
        new float[] {0.4f, 1},
        TestImages.distorted(
            new Brightness(0.3), Shape.image(1, 1, 2), new float[] {0.1f, 0.8f}, 1),
        1e-6f);
  }

  @Test
  void contrastMovesEachChannelTowardsItsMean() {
    Shape.Image pixels = Shape.image(3, 1, 2);
    assertArrayEquals(
        new float[] {0.375f, 0.625f, 0.45f, 0.55f, 0.7f, 0.7f},
        TestImages.distorted(
            new Contrast(0.25), pixels, new float[] {0, 1, 0.3f, 0.7f, 0.7f, 0.7f}, 1),
        1e-6f);
  }
}
