package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  private static final Shape.Image SHAPE = Shape.image(1, 33, 33);
  private static final int CENTRE = 16;

  @Test
  void leavesImagesAloneWithoutRotationAndFlip() {
    float[] image = noise(SHAPE);

    assertEquals(List.of(), Augmentation.none().transforms());
    assertArrayEquals(image, varied(Augmentation.none(), SHAPE, image, 3));
  }

  @Test
  void keepsTheCentreWhereItIs() {
    float[] image = dot(CENTRE, CENTRE);

    for (int key = 0; key < 20; key++) {
      assertEquals(
          1f, varied(Augmentation.rotation(90), SHAPE, image, key)[CENTRE * 33 + CENTRE], 1e-6);
    }
  }

  @Test
  void turnsUniformlyWithinTheAngleToBothSides() {
    float[] image = dot(CENTRE, CENTRE + 12);
    int keys = 2000;
    double sum = 0;
    double squares = 0;
    double most = 0;
    for (int key = 0; key < keys; key++) {
      double angle = angle(varied(Augmentation.rotation(20), SHAPE, image, key));
      sum += angle;
      squares += angle * angle;
      most = Math.max(most, Math.abs(angle));
    }

    assertEquals(0, sum / keys, 1);
    assertEquals(20 * 20 / 3.0, squares / keys, 10);
    assertEquals(20, most, 0.5);
  }

  @Test
  void turnsWithoutStretching() {
    float[] image = dot(CENTRE, CENTRE + 12);
    for (int key = 0; key < 50; key++) {
      double[] at = centroid(varied(Augmentation.rotation(180), SHAPE, image, key));
      assertEquals(12, Math.hypot(at[0], at[1]), 0.3);
    }
  }

  @Test
  void fillsWithZerosFromOutside() {
    float[] white = new float[33 * 33];
    Arrays.fill(white, 1);

    float[] turned = varied(Augmentation.rotation(45), SHAPE, white, 1);

    assertTrue(Math.abs(angle(varied(Augmentation.rotation(45), SHAPE, dot(16, 28), 1))) > 5);
    assertEquals(0f, turned[0]);
    assertEquals(1f, turned[CENTRE * 33 + CENTRE], 1e-6);
  }

  @Test
  void movesByWholePixelsUniformlyAlongBothAxes() {
    float[] image = noise(SHAPE);
    int[] met = new int[25];
    for (int key = 0; key < 5000; key++) {
      float[] moved = varied(Augmentation.none().withShift(2), SHAPE, image, key);
      met[placeOf(moved, image)]++;
    }

    for (int place = 0; place < 25; place++) {
      assertEquals(200, met[place], 60, "down " + (place / 5 - 2) + ", right " + (place % 5 - 2));
    }
  }

  /** Which of the 25 places an image was moved to; every pixel must have moved alike. */
  private static int placeOf(float[] moved, float[] image) {
    for (int place = 0; place < 25; place++) {
      if (Arrays.equals(moved, movedBy(place / 5 - 2, place % 5 - 2, image))) {
        return place;
      }
    }
    return fail("moved to none of the places within two pixels");
  }

  private static float[] movedBy(int down, int right, float[] image) {
    float[] moved = new float[image.length];
    for (int y = 0; y < 33; y++) {
      for (int x = 0; x < 33; x++) {
        boolean inside = y - down >= 0 && y - down < 33 && x - right >= 0 && x - right < 33;
        moved[y * 33 + x] = inside ? image[(y - down) * 33 + x - right] : 0;
      }
    }
    return moved;
  }

  @Test
  void movesWhatItHasTurned() {
    float[] image = dot(CENTRE, CENTRE);
    double furthest = 0;
    for (int key = 0; key < 200; key++) {
      double[] at = centroid(varied(Augmentation.rotation(180).withShift(3), SHAPE, image, key));
      assertEquals(Math.rint(at[0]), at[0], 1e-4);
      assertEquals(Math.rint(at[1]), at[1], 1e-4);
      furthest = Math.max(furthest, Math.max(Math.abs(at[0]), Math.abs(at[1])));
    }

    assertEquals(3, furthest, 1e-4);
  }

  @Test
  void mirrorsHalfOfTheImagesExactly() {
    float[] image = noise(SHAPE);
    int mirrored = 0;
    for (int key = 0; key < 1000; key++) {
      float[] result = varied(Augmentation.none().withHorizontalFlip(), SHAPE, image, key);
      boolean flipped = result[0] != image[0];
      mirrored += flipped ? 1 : 0;
      for (int i = 0; i < image.length; i++) {
        int from = flipped ? i / 33 * 33 + 32 - i % 33 : i;
        assertEquals(image[from], result[i]);
      }
    }

    assertEquals(500, mirrored, 60);
  }

  @Test
  void neverMirrorsUnlessAskedTo() {
    float[] image = dot(CENTRE, CENTRE + 12);
    for (int key = 0; key < 100; key++) {
      assertTrue(Math.abs(angle(varied(Augmentation.rotation(10), SHAPE, image, key))) < 11);
    }
  }

  @Test
  void treatsAllChannelsAlike() {
    Shape.Image colour = Shape.image(3, 6, 8);
    float[] plane = noise(Shape.image(1, 6, 8));
    float[] image = new float[3 * 48];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(plane, 0, image, c * 48, 48);
    }

    float[] result = varied(Augmentation.rotation(30).withHorizontalFlip(), colour, image, 2);

    for (int i = 0; i < 48; i++) {
      assertEquals(result[i], result[48 + i]);
      assertEquals(result[i], result[96 + i]);
    }
  }

  /** The sums were taken before motions of whole pixels were copied and not interpolated. */
  @ParameterizedTest
  @CsvSource({
    "'rotation:10,shift:2', 2c069b6b",
    "'shift:4,flip', 8e1b23d1",
    "'rotation:180,shift:40,flip', 89510240",
    "'shift:50', 6a770ea7"
  })
  void variesImagesAsItAlwaysDid(String text, String sum) {
    Shape.Image shape = Shape.image(3, 9, 14);
    KeyedRandom pixels = KeyedRandom.of("pixels");
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) pixels.uniform();
    }
    Dataset one = Dataset.of("one", shape, 1, new float[][] {image}, new int[1]);
    Variation variation = new Variation(Augmentation.parse(text), shape);
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(4 * shape.size());
    for (int epoch = 0; epoch < 200; epoch++) {
      float[] target = new float[shape.size()];
      variation.read(one, 0, target, 0, KeyedRandom.of("augmentation", 7, epoch, 3));
      bytes.clear();
      bytes.asFloatBuffer().put(target);
      crc.update(bytes.array());
    }
    assertEquals(sum, Long.toHexString(crc.getValue()));
  }

  @Test
  void movesSignalsAlongTheirOnlyRow() {
    Shape.Image shape = Shape.image(2, 1, 4);
    float[] signal = {1, 2, 3, 4, 5, 6, 7, 8};
    for (int i = 0; i < signal.length; i++) {
      signal[i] /= 8;
    }
    for (int key = 0; key < 50; key++) {
      float[] moved = varied(Augmentation.none().withShift(1), shape, signal, key);
      assertTrue(moved[1] == signal[0] || moved[1] == signal[1] || moved[1] == signal[2]);
      assertTrue(moved[2] > 0, "the row is still there");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 181, Double.NaN})
  void refusesAnAngleThatIsNone(double degrees) {
    var e = assertThrows(IllegalArgumentException.class, () -> Augmentation.rotation(degrees));

    assertEquals("rotation is " + degrees + " degrees, expected 0 to 180", e.getMessage());
  }

  @Test
  void refusesAShiftBelowZero() {
    var e = assertThrows(IllegalArgumentException.class, () -> Augmentation.none().withShift(-1));

    assertEquals("shift is -1 pixels, expected at least 0", e.getMessage());
  }

  private static float[] varied(Augmentation how, Shape.Image shape, float[] image, long key) {
    if (how.transforms().isEmpty()) {
      return image;
    }
    Dataset one = Dataset.of("one", shape, 1, new float[][] {image}, new int[1]);
    float[] target = new float[image.length + 5];
    new Variation(how, shape).read(one, 0, target, 5, KeyedRandom.of("test", key));
    return Arrays.copyOfRange(target, 5, target.length);
  }

  /** The direction of the ink from the centre, in degrees. */
  private static double angle(float[] image) {
    double[] at = centroid(image);
    return Math.toDegrees(Math.atan2(at[1], at[0]));
  }

  private static double[] centroid(float[] image) {
    double x = 0;
    double y = 0;
    double sum = 0;
    for (int i = 0; i < image.length; i++) {
      x += image[i] * (i % 33 - CENTRE);
      y += image[i] * (i / 33 - CENTRE);
      sum += image[i];
    }
    return new double[] {x / sum, y / sum};
  }

  private static float[] dot(int y, int x) {
    float[] image = new float[33 * 33];
    image[y * 33 + x] = 1;
    return image;
  }

  private static float[] noise(Shape.Image shape) {
    KeyedRandom random = KeyedRandom.of("test");
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.uniform();
    }
    return image;
  }
}
