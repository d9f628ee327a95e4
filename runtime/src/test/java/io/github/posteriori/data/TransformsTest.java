package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Augmentation.Padding;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.awt.Color;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Crops, colours and cutouts against what they are by hand. */
class TransformsTest {
  private static float[] varied(Transform how, Shape.Image shape, float[] image, long key) {
    float[] before = image.clone();
    float[] target = new float[image.length + 7];
    Arrays.fill(target, Float.NaN);
    how.apply(shape, image, target, 3, KeyedRandom.of("test", key));
    assertArrayEquals(before, image, "the source stays as it is");
    for (int i = 0; i < 7; i++) {
      assertTrue(Float.isNaN(target[i < 3 ? i : image.length + i]), "written beside the image");
    }
    return Arrays.copyOfRange(target, 3, 3 + image.length);
  }

  private static float[] numbers(int size, IntToDoubleFunction number) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) number.applyAsDouble(i);
    }
    return numbers;
  }

  private static float[] noise(int size) {
    KeyedRandom random = KeyedRandom.of("pixels");
    return numbers(size, i -> random.uniform());
  }

  private static void assertMetEquallyOften(
      Transform how, Shape.Image shape, float[] image, int places) {
    Map<String, Integer> met = new HashMap<>();
    int keys = 200 * places;
    for (int key = 0; key < keys; key++) {
      met.merge(Arrays.toString(varied(how, shape, image, key)), 1, Integer::sum);
    }
    assertEquals(places, met.size());
    met.forEach((image1, times) -> assertEquals(200, times, 70));
  }

  @Test
  void cropsAtEveryPlaceOfThePaddedImage() {
    Shape.Image shape = Shape.image(1, 3, 4);
    float[] image = numbers(12, i -> i + 1);
    assertMetEquallyOften(new Crop(1, Padding.ZERO), shape, image, 9);
    assertMetEquallyOften(new Crop(1, Padding.REFLECT), shape, image, 9);
  }

  @Test
  void padsWithZerosOrWithTheMirroredImage() {
    Shape.Image shape = Shape.image(2, 3, 3);
    float[] image = numbers(18, i -> i + 1);
    float[][] padded = {
      {0, 0, 0, 0, 0}, {0, 1, 2, 3, 0}, {0, 4, 5, 6, 0}, {0, 7, 8, 9, 0}, {0, 0, 0, 0, 0}
    };
    float[][] mirrored = {
      {5, 4, 5, 6, 5}, {2, 1, 2, 3, 2}, {5, 4, 5, 6, 5}, {8, 7, 8, 9, 8}, {5, 4, 5, 6, 5}
    };
    for (int key = 0; key < 50; key++) {
      KeyedRandom random = KeyedRandom.of("test", key);
      int top = random.below(3);
      int left = random.below(3);
      float[] zeros = varied(new Crop(1, Padding.ZERO), shape, image, key);
      float[] reflected = varied(new Crop(1, Padding.REFLECT), shape, image, key);
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 3; x++) {
          float outside = padded[top + y][left + x];
          assertEquals(outside, zeros[3 * y + x]);
          assertEquals(outside == 0 ? 0 : outside + 9, zeros[9 + 3 * y + x]);
          assertEquals(mirrored[top + y][left + x], reflected[3 * y + x]);
          assertEquals(mirrored[top + y][left + x] + 9, reflected[9 + 3 * y + x]);
        }
      }
    }
  }

  @Test
  void refusesToMirrorMoreThanThereIs() {
    Augmentation reflecting = Augmentation.none().withCrop(4, Padding.REFLECT);
    reflecting.requireFit("own", Shape.image(1, 5, 9));
    assertEquals(
        "crop reflects 4 pixels, but the images of own are [1, 4, 9], expected at most 3: crop"
            + " less",
        assertThrows(
                IllegalArgumentException.class,
                () -> reflecting.requireFit("own", Shape.image(1, 4, 9)))
            .getMessage());
  }

  @Test
  void enlargesAPartOfTheImage() {
    ResizedCrop how = new ResizedCrop(0.1, 0.6, 0.5, 2);
    Shape.Image shape = Shape.image(2, 12, 20);
    float[] ramp = numbers(480, i -> i % 20 + 100 * (i % 240 / 20) + 10_000 * (i / 240));
    for (int key = 0; key < 100; key++) {
      ResizedCrop.Part part = how.draw(12, 20, KeyedRandom.of("test", key));
      float[] result = varied(how, shape, ramp, key);
      for (int i = 0; i < 480; i++) {
        double x = place(i % 20, 20, part.width());
        double y = place(i % 240 / 20, 12, part.height());
        double expected = part.left() + x + 100 * (part.top() + y) + 10_000 * (i / 240);
        assertEquals(expected, result[i], 2e-3);
      }
    }
  }

  /** Where a pixel's centre lies between the centres of the part's pixels. */
  private static double place(int pixel, int size, int part) {
    return Math.max(0, Math.min(part - 1, (pixel + 0.5) * part / size - 0.5));
  }

  @Test
  void drawsAreasUniformlyAndRatiosUniformlyOnALogarithmicScale() {
    ResizedCrop how = new ResizedCrop(0.2, 0.5, 0.5, 2);
    int keys = 4000;
    double areas = 0;
    double squares = 0;
    double logs = 0;
    double logSquares = 0;
    double centres = 0;
    for (int key = 0; key < keys; key++) {
      ResizedCrop.Part part = how.draw(1000, 1000, KeyedRandom.of("test", key));
      double area = part.width() * part.height() / 1e6;
      double log = Math.log((double) part.width() / part.height());
      assertTrue(area > 0.199 && area < 0.501 && Math.abs(log) < Math.log(2.01));
      areas += area / keys;
      squares += area * area / keys;
      logs += log / keys;
      logSquares += log * log / keys;
      centres += (part.left() + part.width() / 2.0) / keys;
      assertTrue(part.top() >= 0 && part.top() + part.height() <= 1000);
    }
    assertEquals(0.35, areas, 0.006);
    assertEquals(0.3 * 0.3 / 12, squares - areas * areas, 5e-4);
    assertEquals(0, logs, 0.03);
    assertEquals(Math.pow(2 * Math.log(2), 2) / 12, logSquares, 0.01);
    assertEquals(500, centres, 8);
  }

  @Test
  void takesTheCentreWhereNoPartFits() {
    ResizedCrop.Part part = new ResizedCrop(1, 1, 4, 4).draw(100, 200, KeyedRandom.of("test"));
    assertEquals(new ResizedCrop.Part(25, 0, 50, 200), part);
    part = new ResizedCrop(1, 1, 0.25, 0.25).draw(100, 200, KeyedRandom.of("test"));
    assertEquals(new ResizedCrop.Part(0, 87, 100, 25), part);
  }

  @Test
  void leavesAWholeImageAlone() {
    float[] image = noise(75);
    assertArrayEquals(
        image, varied(new ResizedCrop(1, 1, 1, 1), Shape.image(3, 5, 5), image, 4), 1e-6f);
  }

  @Test
  void stretchesAPartOfASignal() {
    ResizedCrop how = new ResizedCrop(0.5, 0.5, 0.75, 1.33);
    float[] signal = {10, 20, 30, 40};
    for (int key = 0; key < 30; key++) {
      float[] result = varied(how, Shape.image(1, 1, 4), signal, key);
      float first = result[0];
      assertArrayEquals(new float[] {first, first + 2.5f, first + 7.5f, first + 10}, result);
    }
  }

  @Test
  void multipliesTheBrightness() {
    Shape.Image shape = Shape.image(2, 3, 4);
    float[] image = noise(24);
    double sum = 0;
    double squares = 0;
    for (int key = 0; key < 4000; key++) {
      float[] result = varied(new ColourJitter(0.3, 0, 0, 0), shape, image, key);
      int darkest = darkest(image);
      float factor = result[darkest] / image[darkest];
      for (int i = 0; i < 24; i++) {
        assertEquals(Math.min(1, factor * image[i]), result[i], 1e-6);
      }
      sum += factor / 4000;
      squares += factor * factor / 4000;
    }
    assertEquals(1, sum, 0.01);
    assertEquals(0.6 * 0.6 / 12, squares - sum * sum, 1.5e-3);
  }

  private static int darkest(float[] image) {
    int darkest = 0;
    for (int i = 0; i < image.length; i++) {
      darkest = image[i] < image[darkest] ? i : darkest;
    }
    return darkest;
  }

  @Test
  void movesTheContrastAwayFromTheMeanGrey() {
    Shape.Image shape = Shape.image(3, 2, 2);
    float[] image = numbers(12, i -> 0.4 + 0.01 * i);
    double grey = 0.299 * 0.415 + 0.587 * 0.455 + 0.114 * 0.495;
    assertBlends(new ColourJitter(0, 0.5, 0, 0), shape, image, i -> grey);
  }

  @Test
  void movesTheSaturationAwayFromEachPixelsGrey() {
    Shape.Image shape = Shape.image(3, 2, 2);
    float[] image = {0.5f, 0.4f, 0.6f, 0.5f, 0.3f, 0.4f, 0.5f, 0.5f, 0.6f, 0.4f, 0.4f, 0.5f};
    assertBlends(
        new ColourJitter(0, 0, 0.5, 0),
        shape,
        image,
        i -> 0.299 * image[i % 4] + 0.587 * image[4 + i % 4] + 0.114 * image[8 + i % 4]);
  }

  /** Every pixel is its grey plus a factor times what it is apart from that. */
  private static void assertBlends(
      Transform how, Shape.Image shape, float[] image, IntToDoubleFunction grey) {
    double least = 2;
    double most = 0;
    for (int key = 0; key < 500; key++) {
      float[] result = varied(how, shape, image, key);
      double factor = (result[0] - grey.applyAsDouble(0)) / (image[0] - grey.applyAsDouble(0));
      for (int i = 0; i < image.length; i++) {
        double g = grey.applyAsDouble(i);
        assertEquals(g + factor * (image[i] - g), result[i], 1e-5);
      }
      least = Math.min(least, factor);
      most = Math.max(most, factor);
    }
    assertEquals(0.5, least, 0.02);
    assertEquals(1.5, most, 0.02);
  }

  @Test
  void turnsHuesAsTheColourCircleOfTheJdkDoes() {
    int pixels = 200;
    KeyedRandom random = KeyedRandom.of("colours");
    float[] image = numbers(3 * pixels, i -> random.below(256) / 255.0);
    Shape.Image shape = Shape.image(3, 2, pixels / 2);
    double least = 0;
    double most = 0;
    for (int key = 0; key < 100; key++) {
      float[] result = varied(new ColourJitter(0, 0, 0, 0.5), shape, image, key);
      double turn = hue(result, pixels, 0) - hue(image, pixels, 0);
      for (int i = 0; i < pixels; i++) {
        float[] hsb = hsb(image, pixels, i);
        Color expected = new Color(Color.HSBtoRGB((float) (hsb[0] + turn), hsb[1], hsb[2]));
        assertEquals(expected.getRed(), 255 * result[i], 2.5);
        assertEquals(expected.getGreen(), 255 * result[pixels + i], 2.5);
        assertEquals(expected.getBlue(), 255 * result[2 * pixels + i], 2.5);
      }
      double within = turn - Math.rint(turn);
      least = Math.min(least, within);
      most = Math.max(most, within);
    }
    assertEquals(-0.5, least, 0.05);
    assertEquals(0.5, most, 0.05);
  }

  private static double hue(float[] image, int pixels, int i) {
    return hsb(image, pixels, i)[0];
  }

  private static float[] hsb(float[] image, int pixels, int i) {
    return Color.RGBtoHSB(
        Math.round(255 * image[i]),
        Math.round(255 * image[pixels + i]),
        Math.round(255 * image[2 * pixels + i]),
        null);
  }

  @Test
  void leavesGreyImagesGrey() {
    float[] image = noise(12);
    assertArrayEquals(
        image, varied(new ColourJitter(0, 0, 0.9, 0.5), Shape.image(1, 3, 4), image, 1));
    float[] grey = numbers(36, i -> image[i % 12]);
    float[] jittered = varied(new ColourJitter(0.4, 0.4, 0.4, 0.5), Shape.image(3, 3, 4), grey, 5);
    for (int i = 0; i < 12; i++) {
      assertEquals(jittered[i], jittered[12 + i], 1e-6);
      assertEquals(jittered[i], jittered[24 + i], 1e-6);
    }
  }

  @Test
  void changesColoursInAnyOrder() {
    float[] image = noise(48);
    for (int i = 0; i < 48; i++) {
      image[i] *= 0.5f;
    }
    Map<Boolean, Integer> met = new HashMap<>();
    for (int key = 0; key < 400; key++) {
      int[] order = KeyedRandom.of("test", key).permutation(4);
      met.merge(Arrays.stream(order).boxed().toList().indexOf(0) < 2, 1, Integer::sum);
      float[] result =
          varied(new ColourJitter(0.9, 0.9, 0.9, 0.5), Shape.image(3, 4, 4), image, key);
      for (float pixel : result) {
        assertTrue(pixel >= 0 && pixel <= 1);
      }
    }
    assertEquals(200, met.get(true), 50);
  }

  @Test
  void refusesPixelsThatAreStandardisedAlready() {
    float[] image = noise(12);
    image[3] = -0.5f;
    assertEquals(
        "jitter found the pixel -0.5, expected 0 to 1: leave it to the network to standardise"
            + " (withStandardisation)",
        assertThrows(
                IllegalArgumentException.class,
                () -> varied(new ColourJitter(0.1, 0, 0, 0), Shape.image(1, 3, 4), image, 1))
            .getMessage());
  }

  @Test
  void cutsASquareOutAroundEveryPixel() {
    Shape.Image shape = Shape.image(2, 4, 5);
    float[] white = numbers(40, i -> 1);
    assertMetEquallyOften(new Cutout(3), shape, white, 20);
    for (int key = 0; key < 100; key++) {
      KeyedRandom random = KeyedRandom.of("test", key);
      int y = random.below(4);
      int x = random.below(5);
      float[] result = varied(new Cutout(3), shape, white, key);
      for (int i = 0; i < 40; i++) {
        boolean inside = Math.abs(i % 20 / 5 - y) <= 1 && Math.abs(i % 5 - x) <= 1;
        assertEquals(inside ? 0 : 1, result[i]);
      }
    }
    assertArrayEquals(
        new float[40], varied(new Cutout(Integer.MAX_VALUE), shape, new float[40], 1));
  }

  @Test
  void drawsSharesFromTheBetaDistribution() {
    for (double alpha : new double[] {0.05, 0.2, 1, 2}) {
      int draws = 20_000;
      KeyedRandom random = KeyedRandom.of("shares");
      double sum = 0;
      double squares = 0;
      int half = 0;
      for (int i = 0; i < draws; i++) {
        double share = new Mixup(alpha, 0, 0).share(random);
        assertTrue(share >= 0 && share <= 1);
        sum += share / draws;
        squares += share * share / draws;
        half += share < 0.25 ? 1 : 0;
      }
      assertEquals(0.5, sum, 0.012, "mean for alpha " + alpha);
      assertEquals(1 / (4 * (2 * alpha + 1)), squares - sum * sum, 4e-3, "variance for " + alpha);
      if (alpha == 1) {
        assertEquals(0.25, (double) half / draws, 0.012);
      }
    }
  }

  @Test
  void mixesEachExampleWithTheNextOfTheBatch() {
    float[][] images = {{0, 10}, {1, 11}, {2, 12}};
    Dataset set = Dataset.of("own", Shape.features(2), 3, images, new int[] {2, 0, 1});
    Batch plain = new Batch(new float[] {2, 12, 0, 10, 1, 11}, new int[] {1, 2, 0}, 3, 9);
    Batch mixed = new Mixup(0.5, 4, 6).mix(plain, set, new int[] {2, 0, 1});
    Targets.Mixed targets = (Targets.Mixed) mixed.targets();
    assertArrayEquals(new int[] {1, 2, 0}, ((Targets.Labels) targets.first()).classes());
    assertArrayEquals(new int[] {2, 0, 1}, ((Targets.Labels) targets.second()).classes());
    float[] own = {2, 0, 1};
    float[] next = {0, 1, 2};
    for (int i = 0; i < 3; i++) {
      float share = targets.shares()[i];
      assertEquals(share * own[i] + (1 - share) * next[i], mixed.images()[2 * i], 1e-6);
      assertEquals(
          share * (10 + own[i]) + (1 - share) * (10 + next[i]), mixed.images()[2 * i + 1], 1e-5);
      assertEquals(
          (float) new Mixup(0.5, 4, 6).share(KeyedRandom.of("mixup", 4, 6, new int[] {2, 0, 1}[i])),
          share);
    }
    assertEquals(9, mixed.first());
  }
}
