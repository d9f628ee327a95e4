package io.github.posteriori.data.corruption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blurs against what they are by hand, by invariants and by SciPy. */
class BlurTest {
  private static final Shape.Image SHAPE = Shape.image(3, 23, 31);

  private static final List<Distortion> BLURS =
      List.of(
          new DefocusBlur(2.3, 0.5),
          new GlassBlur(0.9, 2, 2),
          new MotionBlur(6, 2),
          new ZoomBlur(11, 0.03));

  @Test
  void keepAConstantImage() {
    float[] grey = TestImages.constant(SHAPE, 0.6);
    for (Distortion blur : BLURS) {
      assertArrayEquals(grey, TestImages.distorted(blur, SHAPE, grey, 1), 1e-5f, blur.toString());
    }
  }

  @Test
  void leaveLessDetail() {
    float[] image = TestImages.uneven(SHAPE);
    for (Distortion blur : BLURS) {
      float[] blurred = TestImages.distorted(blur, SHAPE, image, 1);
      assertTrue(TestImages.variance(blurred) < 0.7 * TestImages.variance(image), blur.toString());
    }
  }

  @Test
  void symmetricBlursKeepTheSum() {
    float[] image = TestImages.uneven(SHAPE);
    for (Distortion blur : List.of(BLURS.get(0), new DefocusBlur(0.4, 0.6))) {
      assertEquals(
          TestImages.mean(image),
          TestImages.mean(TestImages.distorted(blur, SHAPE, image, 1)),
          1e-5,
          blur.toString());
    }
  }

  /** By {@code scipy.ndimage.gaussian_filter(image, sigma, mode="reflect", truncate=...)}. */
  @Test
  void theGaussianIsThatOfScipy() {
    Shape.Image shape = Shape.image(1, 5, 6);
    float[] image = TestImages.uneven(shape);
    GaussianFilter.smooth(shape, image, 0.8, 4);
    assertArrayEquals(
        new float[] {
          0.20233f, 0.449425f, 0.577188f, 0.511404f, 0.420752f, 0.192165f,
          0.425672f, 0.539226f, 0.535085f, 0.533238f, 0.465541f, 0.263911f,
          0.727083f, 0.650042f, 0.502394f, 0.463584f, 0.502511f, 0.41918f,
          0.806411f, 0.721585f, 0.607654f, 0.540791f, 0.533974f, 0.491748f,
          0.641253f, 0.630205f, 0.615749f, 0.605743f, 0.602183f, 0.596165f
        },
        image,
        2e-6f);

    float[] wide = TestImages.uneven(shape);
    GaussianFilter.smooth(shape, wide, 3, 3);
    assertArrayEquals(
        new float[] {
          0.526205f, 0.520695f, 0.510434f, 0.498119f, 0.486925f, 0.48005f,
          0.535157f, 0.529442f, 0.518899f, 0.506334f, 0.494993f, 0.488071f,
          0.549712f, 0.543667f, 0.532672f, 0.519706f, 0.508124f, 0.501121f,
          0.564088f, 0.557728f, 0.546306f, 0.532972f, 0.521182f, 0.51412f,
          0.573204f, 0.566623f, 0.554891f, 0.541273f, 0.529305f, 0.522177f
        },
        wide,
        2e-6f);
  }

  @Test
  void aDiskWeighsPixelsByTheirAreaInIt() {
    List<Kernel.Tap> taps = Kernel.disk(3).taps();
    double middle =
        taps.stream().filter(tap -> tap.down() == 0 && tap.right() == 0).findFirst().get().weight();
    assertEquals(1 / (Math.PI * 9), middle, 1e-4);
    double square = taps.stream().mapToDouble(tap -> tap.weight() * tap.down() * tap.down()).sum();
    // The second moment of a disk, r^2 / 4, and about that of a pixel, 1 / 12.
    assertEquals(9 / 4.0 + 1 / 12.0, square, 0.03);
    assertEquals(1, Kernel.disk(0.5).taps().size(), "within one pixel");
  }

  @Test
  void aTrailStartsAtThePixelAndFadesAsHalfAGaussian() {
    Shape.Image shape = Shape.image(1, 9, 15);
    float[] point = TestImages.image(shape, (y, x) -> y == 4 && x == 7 ? 1 : 0);
    Kernel.trail(2, 1.5, 0).apply(shape, point);
    double sum = 0;
    for (int i = 0; i <= 4; i++) {
      sum += Math.exp(-i * i / 4.5);
    }
    for (int i = 0; i <= 4; i++) {
      assertEquals(Math.exp(-i * i / 4.5) / sum, point[4 * 15 + 7 - i], 1e-6);
    }
    assertEquals(1, TestImages.mean(point) * 9 * 15, 1e-5);

    float[] steep = TestImages.image(shape, (y, x) -> y == 4 && x == 7 ? 1 : 0);
    Kernel.trail(1, 2, Math.toRadians(-45)).apply(shape, steep);
    assertTrue(steep[5 * 15 + 6] > 0.2, "taken from above and right, at distance 1");
  }

  @Test
  void motionIsWithin45DegreesOfTheHorizontal() {
    Shape.Image shape = Shape.image(1, 61, 61);
    float[] point = TestImages.image(shape, (y, x) -> y == 30 && x == 30 ? 1 : 0);
    float lowest = 1;
    float highest = -1;
    for (int key = 0; key < 100; key++) {
      float[] blurred = TestImages.distorted(new MotionBlur(10, 8), shape, point, key);
      double down = 0;
      double right = 0;
      for (int i = 0; i < blurred.length; i++) {
        down += blurred[i] * (i / 61 - 30);
        right += blurred[i] * (i % 61 - 30);
      }
      float slope = (float) (down / right);
      assertTrue(right < 0 && Math.abs(slope) < 1.1, down + ", " + right);
      lowest = Math.min(lowest, slope);
      highest = Math.max(highest, slope);
    }
    assertTrue(lowest < -0.8 && highest > 0.8, lowest + " to " + highest);
  }

  @Test
  void glassTakesEachPixelFromNearby() {
    Shape.Image shape = Shape.image(3, 16, 16);
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = i;
    }
    boolean[] seen = new boolean[16];
    for (int key = 0; key < 20; key++) {
      float[] scattered = image.clone();
      new GlassBlur(0, 2, 1).scatter(shape, scattered, KeyedRandom.of("test", key));
      for (int i = 0; i < 256; i++) {
        assertEquals(scattered[i] + 256, scattered[i + 256], "channels move together");
        int down = (int) scattered[i] / 16 - i / 16;
        int right = (int) scattered[i] % 16 - i % 16;
        if (i == 8 * 16 + 8) {
          assertTrue(down >= -2 && down <= 1 && right >= -2 && right <= 1);
          seen[4 * (down + 2) + right + 2] = true;
        }
        assertTrue(Math.abs(down) <= 2 && Math.abs(right) <= 2, down + ", " + right);
      }
    }
    int places = 0;
    for (boolean place : seen) {
      places += place ? 1 : 0;
    }
    assertTrue(places > 8, places + " of 16 places in 20 draws");
  }

  @Test
  void zoomOfARampIsTheRampAroundTheCentre() {
    Shape.Image shape = Shape.image(1, 11, 21);
    float[] ramp = TestImages.image(shape, (y, x) -> x / 20);
    float[] blurred = TestImages.distorted(new ZoomBlur(3, 0.5), shape, ramp, 1);
    // The image, and enlargements by 1, 1.5 and 2.
    double factor = (1 + 1 + 1 / 1.5 + 1 / 2.0) / 4;
    for (int x = 0; x < 21; x++) {
      assertEquals(0.5 + (x - 10) * factor / 20, blurred[5 * 21 + x], 1e-6);
    }
  }
}
