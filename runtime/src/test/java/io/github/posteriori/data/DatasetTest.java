package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  private static final Shape.Image SHAPE = Shape.image(1, 1, 2);

  @Test
  void holdsACallersOwnImages() {
    float[][] images = {{0, 0.5f}, {0.25f, 1}};
    int[] labels = {2, 0};
    Dataset own = Dataset.of("own", SHAPE, 3, images, labels);

    images[1][0] = 0.75f;
    labels[0] = 1;

    float[] target = new float[4];
    own.image(1, target, 1);
    assertArrayEquals(new float[] {0, 0.25f, 1, 0}, target);
    assertEquals(2, own.label(0));
    assertEquals("own", own.name());
    assertEquals(2, own.size());
    assertEquals(3, own.classes());
    assertEquals(SHAPE, own.shape());
  }

  @Test
  void refusesOwnImagesThatDoNotFit() {
    float[][] one = {{0, 1}};
    int[] label = {0};

    assertRefused("the data set has no name", () -> Dataset.of(" ", SHAPE, 2, one, label));
    assertRefused(
        "classes is 0, expected at least 1", () -> Dataset.of("own", SHAPE, 0, one, label));
    assertRefused(
        "own has no images", () -> Dataset.of("own", SHAPE, 2, new float[0][], new int[0]));
    assertRefused(
        "own has 1 images and 2 labels, expected as many of each",
        () -> Dataset.of("own", SHAPE, 2, one, new int[2]));
    assertRefused(
        "image 1 of own has 3 numbers, expected 2 for [1, 1, 2]",
        () -> Dataset.of("own", SHAPE, 2, new float[][] {{0, 1}, {0, 1, 1}}, new int[2]));
    assertRefused(
        "image 0 of own has no numbers, expected 2 for [1, 1, 2]",
        () -> Dataset.of("own", SHAPE, 2, new float[1][], label));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -0.1f, 255})
  void refusesAPixelOutsideZeroToOne(float pixel) {
    assertRefused(
        "image 0 of own has %s at position 1, expected 0 to 1 (divide bytes by 255)"
            .formatted(pixel),
        () -> Dataset.of("own", SHAPE, 2, new float[][] {{0, pixel}}, new int[1]));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void refusesALabelOutsideTheClasses(int label) {
    assertRefused(
        "label 0 of own is " + label + ", expected 0 to 1",
        () -> Dataset.of("own", SHAPE, 2, new float[1][2], new int[] {label}));
  }

  @Test
  void limitsToTheFirstExamples() {
    Dataset limited = numbered(10).limit(4);

    assertArrayEquals(new int[] {0, 1, 2, 3}, labels(limited));
    assertEquals("numbered", limited.name());
    assertEquals(10, limited.classes());
    assertEquals(SHAPE, limited.shape());
  }

  @Test
  void limitsToNoMoreThanThereIs() {
    Dataset whole = numbered(10);

    assertSame(whole, whole.limit(10));
    assertSame(whole, whole.limit(1000));
  }

  @Test
  void refusesALimitBelowOne() {
    assertRefused("limit is 0, expected at least 1", () -> numbered(3).limit(0));
  }

  @Test
  void cutsOutNeighbouringClassesAndRenumbersThem() {
    Dataset part = numbered(10).classRange("middle", 3, 4);

    assertEquals("middle", part.name());
    assertEquals(4, part.classes());
    assertArrayEquals(new int[] {0, 1, 2, 3}, labels(part));
    float[] whole = new float[2];
    float[] found = new float[2];
    numbered(10).image(5, whole, 0);
    part.image(2, found, 0);
    assertArrayEquals(whole, found);
  }

  @Test
  void refusesClassesThatTheSetLacks() {
    String refusal = "classes %d to %d of numbered, expected a range within 0 to 9";
    assertRefused(refusal.formatted(8, 10), () -> numbered(10).classRange("part", 8, 3));
    assertRefused(refusal.formatted(-1, 0), () -> numbered(10).classRange("part", -1, 2));
    assertRefused(refusal.formatted(2, 1), () -> numbered(10).classRange("part", 2, 0));
  }

  @Test
  void splitsIntoTwoPartsThatTogetherAreTheWhole() {
    Split split = numbered(100).split(0.2, 1);

    assertEquals(80, split.train().size());
    assertEquals(20, split.valid().size());
    int[] all =
        IntStream.concat(Arrays.stream(labels(split.train())), Arrays.stream(labels(split.valid())))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, 100).toArray(), all);
  }

  @Test
  void keepsImagesAndLabelsTogetherWhenSplitting() {
    Dataset valid = numbered(100).split(0.3, 5).valid();

    float[] pixels = new float[2];
    for (int i = 0; i < valid.size(); i++) {
      valid.image(i, pixels, 0);
      assertEquals(valid.label(i) / 100f, pixels[0]);
    }
  }

  @Test
  void splitsByTheSeedAlone() {
    int[] once = labels(numbered(100).split(0.2, 1).valid());

    assertArrayEquals(once, labels(numbered(100).split(0.2, 1).valid()));
    assertFalse(Arrays.equals(once, labels(numbered(100).split(0.2, 2).valid())));
    assertFalse(Arrays.equals(once, IntStream.range(0, 20).toArray()), "not shuffled");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
  void refusesAFractionThatIsNone(double fraction) {
    assertRefused(
        "validation fraction is " + fraction + ", expected between 0 and 1, both excluded",
        () -> numbered(10).split(fraction, 1));
  }

  @Test
  void refusesASplitThatLeavesOnePartEmpty() {
    assertRefused(
        "holding out 0.01 of 10 examples of numbered leaves one part empty, expected at least one"
            + " example in each: choose another fraction",
        () -> numbered(10).split(0.01, 1));
    assertRefused(
        "holding out 0.99 of 10 examples of numbered leaves one part empty, expected at least one"
            + " example in each: choose another fraction",
        () -> numbered(10).split(0.99, 1));
  }

  private static void assertRefused(String message, Executable attempt) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, attempt).getMessage());
  }

  private static int[] labels(Dataset dataset) {
    return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
  }

  /** Example i has class i and the pixels i / size and 0. */
  private static Dataset numbered(int size) {
    float[][] images = new float[size][];
    for (int i = 0; i < size; i++) {
      images[i] = new float[] {(float) i / size, 0};
    }
    return Dataset.of("numbered", SHAPE, size, images, IntStream.range(0, size).toArray());
  }
}
