package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.data.Augmentation.Padding;
import io.github.posteriori.layers.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTextTest {

  @Test
  void readsWhatAProgramWouldWrite() {
    assertEquals(
        Augmentation.none()
            .withCrop(4, Padding.REFLECT)
            .withHorizontalFlip()
            .withJitter(0.4, 0.3, 0.2, 0.1)
            .withCutout(8)
            .withMixup(0.2),
        Augmentation.parse("crop:4/reflect,flip, jitter:0.4/0.3/0.2/0.1,cutout:8,mixup:0.2"));
    assertEquals(
        Augmentation.none().withResizedCrop(0.08, 1, 0.75, 4 / 3.0),
        Augmentation.parse("resized-crop"));
    assertEquals(
        Augmentation.none().withJitter(0.2, 0.2, 0.2, 0), Augmentation.parse("jitter:0.2"));
    assertEquals(Augmentation.rotation(10).withShift(2), Augmentation.parse("rotation:10,shift:2"));
    assertEquals(Augmentation.none(), Augmentation.parse("none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "flip,corrupt:jpeg-compression/4,mixup:0.2",
        "rotation:10,shift:2,flip",
        "crop:4,flip,jitter:0.2,cutout:8,mixup:0.2",
        "flip,resized-crop:0.3/1/0.75/1.3333333333333333,jitter:0.1/0.2/0/0.05",
        "crop:4/reflect,rotation:7.5,mixup:1"
      })
  void writesWhatItReads(String text) {
    assertEquals(text, Augmentation.parse(text).toString());
    assertEquals(Augmentation.parse(text), Augmentation.parse(Augmentation.parse(text).toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blur | augment has 'blur', expected none, or some of rotation, shift, flip, crop,"
            + " resized-crop, jitter, cutout, corrupt, mixup, separated by commas",
        "cutot:8 | augment has 'cutot:8', expected none, or some of rotation, shift, flip, crop,"
            + " resized-crop, jitter, cutout, corrupt, mixup, separated by commas: did you mean"
            + " cutout?",
        "flip,,cutout:8 | augment has '', expected none, or some of rotation, shift, flip, crop,"
            + " resized-crop, jitter, cutout, corrupt, mixup, separated by commas",
        "crop | augment has 'crop', expected crop:PIXELS[/reflect]",
        "crop:4/zero | augment has 'crop:4/zero', expected crop:PIXELS[/reflect]",
        "crop:4.5 | augment has 'crop:4.5', expected crop:PIXELS[/reflect]",
        "flip:1 | augment has 'flip:1', expected flip",
        "flip,flip | augment has 'flip' twice, expected each transform once: leave one out",
        "jitter:0.1/0.2 | augment has 'jitter:0.1/0.2', expected jitter:STRENGTH or"
            + " jitter:BRIGHTNESS/CONTRAST/SATURATION/HUE",
        "jitter:0/0/0/0.6 | jitter of hue is 0.6, expected 0 to 0.5",
        "cutout:0 | cutout is 0 pixels, expected at least 1",
        "crop:-1 | crop is -1 pixels, expected at least 0",
        "mixup:0 | mixup is 0.0, expected a number above 0 and up to 2, such as 0.2",
        "mixup:NaN | mixup is NaN, expected a number above 0 and up to 2, such as 0.2",
        "resized-crop:0.5/0.1 | resized-crop takes 0.5 to 0.1 of the area, expected shares above 0"
            + " and up to 1, the smaller one first",
        "resized-crop:0.1/1/2/1 | resized-crop has aspect ratios from 2.0 to 1.0, expected numbers"
            + " above 0, the smaller one first"
      })
  void refusesWhatItCannotRead(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Augmentation.parse(text)).getMessage());
  }

  @Test
  void fitsOnlyExamplesThatCanVarySo() {
    Shape signal = Shape.image(3, 1, 100);
    Augmentation.parse("crop:4,flip,resized-crop,cutout:8,mixup:0.2").requireFit("own", signal);
    Augmentation.parse("mixup:0.2").requireFit("own", Shape.features(3));
    assertRefused("rotation turns images, but own has signals", "rotation:10", signal);
    assertRefused("jitter changes colours, but own has signals", "jitter:0.1", signal);
    assertRefused(
        "the augmentation varies images (cutout:8), but own has features",
        "cutout:8,mixup:0.2",
        Shape.features(3));
  }

  private static void assertRefused(String start, String text, Shape shape) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Augmentation.parse(text).requireFit("own", shape))
            .getMessage();
    assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
  }

  @Test
  void putsOneAfterTheOther() {
    assertEquals(
        "rotation:10,flip,cutout:4,mixup:0.2",
        Augmentation.parse("rotation:10,flip")
            .then(Augmentation.parse("cutout:4,mixup:0.2"))
            .toString());
    assertEquals(Augmentation.none(), Augmentation.none().then(Augmentation.none()));
  }
}
