package io.github.posteriori.data.corruption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all corruptions have in common, and their names. */
class CorruptionTest {
  private static final List<Shape.Image> SHAPES =
      List.of(
          Shape.image(1, 28, 28),
          Shape.image(3, 32, 32),
          Shape.image(3, 7, 19),
          Shape.image(1, 2, 2),
          Shape.image(3, 70, 65));

  private static float[] corrupted(Corruption how, Shape.Image shape, float[] image, long key) {
    float[] target = new float[image.length + 5];
    Arrays.fill(target, Float.NaN);
    System.arraycopy(image, 0, target, 2, image.length);
    how.apply(shape, target, 2, KeyedRandom.of("test", key));
    for (int i = 0; i < 5; i++) {
      assertTrue(Float.isNaN(target[i < 2 ? i : image.length + i]), "written beside the image");
    }
    return Arrays.copyOfRange(target, 2, 2 + image.length);
  }

  @ParameterizedTest
  @EnumSource
  void keepsPixelsFromZeroToOneInEveryShape(Corruption.Kind kind) {
    for (Shape.Image shape : SHAPES) {
      for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
        Corruption how = new Corruption(kind, strength);
        for (float[] image :
            List.of(
                TestImages.uneven(shape),
                TestImages.constant(shape, 0),
                TestImages.constant(shape, 1))) {
          for (float pixel : corrupted(how, shape, image, 1)) {
            assertTrue(pixel >= 0 && pixel <= 1, how + " of " + shape + ": " + pixel);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAFunctionOfImageAndKey(Corruption.Kind kind) {
    Shape.Image shape = Shape.image(3, 32, 32);
    float[] image = TestImages.uneven(shape);
    Corruption how = new Corruption(kind, 3);
    float[] once = corrupted(how, shape, image, 1);
    assertArrayEquals(once, corrupted(how, shape, image, 1));
    assertFalse(Arrays.equals(image, once));
    boolean random =
        switch (kind) {
          case DEFOCUS_BLUR, ZOOM_BLUR, BRIGHTNESS, CONTRAST, PIXELATE, JPEG_COMPRESSION -> false;
          default -> true;
        };
    assertEquals(!random, Arrays.equals(once, corrupted(how, shape, image, 2)));
  }

  /** Of blurs the detail that is left, of all else how far pixels are from where they were. */
  @ParameterizedTest
  @EnumSource
  void isStrongerTheHigherTheStrength(Corruption.Kind kind) {
    Shape.Image shape = Shape.image(3, 32, 32);
    float[] image =
        TestImages.image(shape, (y, x) -> 0.5 + 0.3 * Math.sin(y / 3) * Math.cos(x / 4));
    double before = 0;
    for (int strength : new int[] {1, 5}) {
      double change = 0;
      for (int key = 0; key < 5; key++) {
        float[] now = corrupted(new Corruption(kind, strength), shape, image, key);
        for (int i = 0; i < image.length; i++) {
          change += Math.abs(now[i] - image[i]);
        }
      }
      // The weakest elastic transform is an affine map, and moves the whole the furthest.
      if (kind != Corruption.Kind.ELASTIC_TRANSFORM) {
        assertTrue(change > 1.1 * before, kind + ": " + change + " after " + before);
      }
      before = change;
    }
  }

  @Test
  void areFifteenInFiveStrengthsThatReadAsTheyAreWritten() {
    assertEquals(75, new HashSet<>(Corruption.all()).size());
    List<String> inOrder = Corruption.all().stream().map(Corruption::toString).toList();
    assertEquals(List.of("gaussian-noise:1", "gaussian-noise:2"), inOrder.subList(0, 2));
    assertEquals(List.of("pixelate:5", "jpeg-compression:1"), inOrder.subList(69, 71));
    for (Corruption corruption : Corruption.all()) {
      assertEquals(corruption, Corruption.parse(corruption.toString()));
    }
    assertEquals(
        new Corruption(Corruption.Kind.JPEG_COMPRESSION, 4),
        Corruption.parse("jpeg-compression:4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fog", "fog:0", "fog:6", "fog:3:1", "", "all"})
  void refusesWhatIsNoKindAndStrength(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Corruption.parse(text)).getMessage();
    assertTrue(
        message.startsWith(
            "corruption is '"
                + text
                + "', expected KIND:STRENGTH, a kind of [gaussian-noise, shot"),
        message);
    assertTrue(message.endsWith("and a strength from 1 to 5"), message);
  }

  @Test
  void findsTheKindThatWasMeant() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Corruption.parse("gausian-noise:3"))
            .getMessage();
    assertTrue(message.endsWith("did you mean gaussian-noise?"), message);
    assertEquals(
        "strength of fog is 9, expected 1 to 5",
        assertThrows(IllegalArgumentException.class, () -> new Corruption(Corruption.Kind.FOG, 9))
            .getMessage());
  }

  @Test
  void refusesWhatIsNoPicture() {
    Corruption fog = Corruption.parse("fog:1");
    for (Shape shape : List.of(Shape.features(9), Shape.image(1, 1, 9), Shape.image(2, 9, 9))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> fog.requireFit("mine", shape))
              .getMessage();
      assertEquals(
          "fog:1 corrupts pictures, grey or of three colours, but the examples of mine are "
              + shape
              + ": leave it out, or give the set one channel or three",
          message);
    }
    fog.requireFit("mine", Shape.image(3, 2, 9));
  }

  @Test
  void takesTheParametersOfTheSize() {
    assertEquals(new GaussianNoise(0.1), GaussianNoise.of(Scale.of(Shape.image(1, 63, 99)), 5));
    assertEquals(new GaussianNoise(0.38), GaussianNoise.of(Scale.of(Shape.image(1, 99, 64)), 5));
    assertEquals(new DefocusBlur(10, 0.5), DefocusBlur.of(Scale.of(Shape.image(3, 224, 224)), 5));
    assertEquals(new DefocusBlur(5, 0.25), DefocusBlur.of(Scale.of(Shape.image(3, 112, 500)), 5));
    assertEquals(new MotionBlur(10, 7.5), MotionBlur.of(Scale.of(Shape.image(3, 112, 112)), 5));
    assertEquals(new DefocusBlur(1.5, 0.1), DefocusBlur.of(Scale.of(Shape.image(1, 28, 28)), 5));
    assertEquals(
        new ElasticTransform(0, 0, 0.08 * 28),
        ElasticTransform.of(Scale.of(Shape.image(1, 28, 28)), 1));
  }
}
