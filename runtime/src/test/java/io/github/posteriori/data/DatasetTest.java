package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  private static final Shape.Image SHAPE = Shape.image(1, 2, 1);

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
        "image 1 of own has 3 numbers, expected 2 for [1, 2, 1]",
        () -> Dataset.of("own", SHAPE, 2, new float[][] {{0, 1}, {0, 1, 1}}, new int[2]));
    assertRefused(
        "image 0 of own has no numbers, expected 2 for [1, 2, 1]",
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

  @Test
  void splitsEachClassAndLeavesItAtLeastOneExample() {
    Dataset set = ordered(100, 30, 1);
    Split split = set.splitEachClass(0.1, 7);

    int[] held = counts(split.valid());
    assertEquals(10, held[0], 1);
    assertEquals(3, held[1], 1);
    assertEquals(0, held[2]);
    assertEquals(131, split.train().size() + split.valid().size());
    assertTrue(SharedExamples.first(split.train(), split.valid()).isEmpty());
    assertArrayEquals(indices(split.valid()), indices(set.splitEachClass(0.1, 7).valid()));
    assertFalse(Arrays.equals(indices(split.valid()), indices(set.splitEachClass(0.1, 8).valid())));
    assertThrows(IllegalArgumentException.class, () -> ordered(1, 1).splitEachClass(0.5, 1));
  }

  private static int[] indices(Dataset part) {
    return IntStream.range(0, part.size()).map(i -> Origin.of(part, i).index()).toArray();
  }

  @Test
  void featuresAreAnyFiniteNumbers() {
    Shape shape = Shape.features(2);
    Dataset own = Dataset.of("own", shape, 2, new float[][] {{-300, 1e6f}, {0, 0.5f}}, new int[2]);
    float[] target = new float[2];
    own.limit(2).matching(List.of("0", "1", "2")).image(0, target, 0);
    assertEquals(shape, own.limit(1).shape());
    assertArrayEquals(new float[] {-300, 1e6f}, target);
    assertRefused(
        "example 0 of own has NaN at position 1, expected a finite number",
        () -> Dataset.of("own", shape, 2, new float[][] {{0, Float.NaN}}, new int[1]));
  }

  @Test
  void featuresHaveNoSizeAndNoVariations() {
    Dataset own = Dataset.of("own", Shape.features(2), 2, new float[1][2], new int[1]);
    assertRefused(
        "the examples of own are features [2], expected images: features have no height and width"
            + " to change",
        () -> own.resized(4, 4));
    assertRefused(
        "the augmentation varies images (rotation:10), but own has features [2]: leave it out; of"
            + " features only mixup makes more",
        () -> Batches.shuffled(own, 1, Augmentation.rotation(10), 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void refusesALabelOutsideTheClasses(int label) {
    assertRefused(
        "label 0 of own is " + label + ", expected 0 to 1",
        () -> Dataset.of("own", SHAPE, 2, new float[1][2], new int[] {label}));
  }

  @Test
  void aPartOfASetOrderedByClassHasAllClasses() {
    Dataset set = ordered(600, 300, 100);
    for (int examples : new int[] {3, 10, 50, 99, 500, 999}) {
      Dataset part = set.limit(examples);
      assertEquals(examples, part.size());
      int[] counts = counts(part);
      for (int k = 0; k < 3; k++) {
        double share = examples * counts(set)[k] / 1000.0;
        String message = "class " + k + " of " + examples + ": " + Arrays.toString(counts);
        assertEquals(share, counts[k], 1.5, message);
        assertTrue(counts[k] > 0, message);
      }
    }
    assertEquals("ordered", set.limit(10).name());
    assertEquals(3, set.limit(10).classes());
    assertEquals(SHAPE, set.limit(10).shape());
  }

  @Test
  void aRareClassIsInEveryPartThatHasRoomForAllClasses() {
    assertArrayEquals(new int[] {1, 1, 1}, counts(ordered(1000, 1, 1).limit(3)));
    assertEquals(
        List.of(38, 1, 1), Arrays.stream(counts(ordered(1000, 1, 1).limit(40))).boxed().toList());
  }

  @Test
  void aPartIsDrawnAtRandomTheSameEachTimeAndInTheOrderOfTheSet() {
    int[] part = firstPixels(ordered(400, 400).limit(40));
    assertArrayEquals(part, firstPixels(ordered(400, 400).limit(40)));
    assertArrayEquals(Arrays.stream(part).sorted().toArray(), part);
    assertTrue(Arrays.stream(part).limit(20).max().orElseThrow() > 200, "not the first of a class");
    int[] larger = firstPixels(ordered(400, 400).limit(100));
    assertTrue(
        Arrays.stream(larger).boxed().toList().containsAll(Arrays.stream(part).boxed().toList()),
        "a smaller part is within a larger one");
  }

  @Test
  void drawsAPartWithoutReadingAnImage() {
    Dataset labelsOnly =
        new Labelled(1000) {
          @Override
          public void image(int index, float[] target, int offset) {
            throw new AssertionError("image " + index + " is read");
          }
        };
    assertArrayEquals(new int[] {50, 50}, counts(labelsOnly.limit(100)));
  }

  @Test
  void refusesToDrawByALabelThatIsNone() {
    Dataset wrong =
        new Labelled(10) {
          @Override
          public int label(int index) {
            return index;
          }
        };
    assertRefused(
        "example 2 of labelled has the label 2, expected 0 to 1: number the classes from 0",
        () -> wrong.limit(5));
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
  void namesGoWithTheClasses() {
    Dataset named =
        Dataset.of("own", SHAPE, List.of("ant", "bee", "cat"), new float[6][2], new int[6]);
    assertEquals(List.of("ant", "bee", "cat"), named.classNames());
    assertEquals(named.classNames(), named.limit(2).classNames());
    assertEquals(named.classNames(), named.split(0.5, 1).valid().classNames());
    assertEquals(List.of("bee", "cat"), named.classRange("part", 1, 2).classNames());
    assertEquals(named.classNames(), new Resized(named, 4, 4).classNames());
    assertEquals(named.classNames(), new Joined(List.of(named, named)).classNames());
    assertEquals(
        List.of("dog", "cat", "bee", "ant"),
        named.matching(List.of("dog", "cat", "bee", "ant")).classNames());
  }

  @Test
  void classesWithoutNamesAreCalledByTheirNumbers() {
    assertEquals(List.of("0", "1"), new Labelled(10).classNames());
    assertEquals(List.of("0", "1", "2"), numbered(3).classNames());
    assertEquals(List.of("3", "4"), numbered(10).classRange("part", 3, 2).classNames());
  }

  @Test
  void refusesNamesThatAreNone() {
    float[][] one = {{0, 1}};
    assertRefused(
        "class 2 has the name 'ant' of class 0, expected names that differ: rename one of them",
        () -> Dataset.of("own", SHAPE, List.of("ant", "bee", "ant"), one, new int[1]));
    assertRefused(
        "class 1 has a blank name, expected one that can be read: name it",
        () -> Dataset.of("own", SHAPE, List.of("ant", " "), one, new int[1]));
    assertRefused(
        "classes is 0, expected at least 1",
        () -> Dataset.of("own", SHAPE, List.of(), one, new int[1]));
  }

  @Test
  void numbersClassesAsAsked() {
    Dataset set =
        Dataset.of("own", SHAPE, List.of("bee", "cat"), new float[2][2], new int[] {0, 1});
    assertArrayEquals(new int[] {2, 0}, labels(set.matching(List.of("cat", "ant", "bee"))));
  }

  /**
   * Numerals name digits as well as places; only where the other side has other names are they
   * none.
   */
  @Test
  void aPartOfTheDigitsMatchesTheDigitsByName() {
    Dataset digits = numbered(10);
    Dataset upper = digits.classRange("upper", 5, 5);
    assertArrayEquals(new int[] {5, 6, 7, 8, 9}, labels(upper.matching(digits.classNames())));
    assertRefused(
        "numbered has the classes [0, 1, 2, 3, 4], of which [0, 1, 2, 3, 4] are unknown; expected"
            + " only classes among [5, 6, 7, 8, 9]: give equal classes equal names, and leave the"
            + " others out",
        () -> numbered(5).matching(upper.classNames()));
    assertThrows(IllegalArgumentException.class, () -> upper.matching(numbered(5).classNames()));
    assertEquals(List.of("a", "b"), numbered(2).matching(List.of("a", "b")).classNames());
    Dataset named = Dataset.of("own", SHAPE, List.of("a", "b"), new float[1][2], new int[1]);
    assertEquals(List.of("a", "b"), named.matching(List.of("0", "1")).classNames());
  }

  @Test
  void anAccentIsTheSameHoweverAFileSystemWritesIt() {
    Dataset set =
        Dataset.of("own", SHAPE, List.of("a", "u\u0308"), new float[2][2], new int[] {0, 1});
    assertArrayEquals(new int[] {1, 0}, labels(set.matching(List.of("\u00fc", "a"))));
    assertRefused(
        "class 1 has the name '\u00fc' of class 0, expected names that differ: rename one of them",
        () -> set.matching(List.of("\u00fc", "u\u0308")));
  }

  @Test
  void showsTheFirstOfManyNames() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> numbered(100).matching(List.of("a")))
            .getMessage();
    assertTrue(message.contains("18, 19] and 80 more"), message);
  }

  @Test
  void refusesClassesThatTheSetLacks() {
    String refusal = "classes %d to %d of numbered, expected a range within 0 to 9";
    assertRefused(refusal.formatted(8, 10), () -> numbered(10).classRange("part", 8, 3));
    assertRefused(refusal.formatted(-1, 0), () -> numbered(10).classRange("part", -1, 2));
    assertRefused(refusal.formatted(2, 1), () -> numbered(10).classRange("part", 2, 0));
  }

  @Test
  void keepsTheExamplesOfSomeClasses() {
    List<String> names = List.of("ant", "bee", "cat", "dog");
    float[][] images = {{0, 0}, {0.1f, 0}, {0.2f, 0}, {0.3f, 0}, {0.4f, 0}};
    Dataset own = Dataset.of("own", SHAPE, names, images, new int[] {3, 2, 1, 3, 0});

    Dataset part = own.onlyClasses("part", List.of("dog", "bee"));

    assertEquals("part", part.name());
    assertEquals(List.of("bee", "dog"), part.classNames());
    assertEquals(2, part.classes());
    assertArrayEquals(new int[] {1, 0, 1}, labels(part));
    float[] found = new float[2];
    part.image(1, found, 0);
    assertArrayEquals(images[2], found);
    assertArrayEquals(new int[] {3, 1, 3}, labels(part.matching(names)));
    assertEquals(List.of("bee", "dog"), part.limit(2).classNames());
  }

  @Test
  void refusesToKeepClassesThatItDoesNotHave() {
    List<String> names = List.of("ant", "bee");
    Dataset own = Dataset.of("own", SHAPE, names, new float[1][2], new int[] {1});
    assertRefused(
        "a class of own is 'bea', expected one of [ant, bee]: did you mean bee?",
        () -> own.onlyClasses("part", List.of("ant", "bea")));
    assertRefused(
        "own has no example of the classes [ant], expected some: name others",
        () -> own.onlyClasses("part", List.of("ant")));
    Dataset values =
        Dataset.ofValues("flats", SHAPE, List.of("rent"), new float[1][2], new float[1][1]);
    assertRefused(
        "the targets of flats are the numbers [rent], expected classes, of which some are kept",
        () -> values.onlyClasses("part", List.of("ant")));
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

  private static int[] counts(Dataset set) {
    int[] counts = new int[set.classes()];
    Arrays.stream(labels(set)).forEach(label -> counts[label]++);
    return counts;
  }

  private static int[] firstPixels(Dataset set) {
    float[] pixels = new float[2];
    int[] found = new int[set.size()];
    for (int i = 0; i < found.length; i++) {
      set.image(i, pixels, 0);
      found[i] = Math.round(pixels[0] * 10_000);
    }
    return found;
  }

  /** A set with so many examples of each class, one class after the other; its pixels count. */
  private static Dataset ordered(int... counts) {
    int[] labels =
        IntStream.range(0, counts.length)
            .flatMap(k -> IntStream.generate(() -> k).limit(counts[k]))
            .toArray();
    float[][] images = new float[labels.length][];
    for (int i = 0; i < images.length; i++) {
      images[i] = new float[] {i / 10_000f, 0};
    }
    return Dataset.of("ordered", SHAPE, counts.length, images, labels);
  }

  /** A user's own set, the second half of another class than the first. */
  private static class Labelled implements Dataset {
    private final int size;

    Labelled(int size) {
      this.size = size;
    }

    @Override
    public String name() {
      return "labelled";
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Shape.Image shape() {
      return SHAPE;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int label(int index) {
      return index * 2 / size;
    }

    @Override
    public void image(int index, float[] target, int offset) {}
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
