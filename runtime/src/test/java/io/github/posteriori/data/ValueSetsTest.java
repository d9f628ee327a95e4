package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ValueSetsTest {
  private static final List<String> NAMES = List.of("price", "age");

  /** Images whose first pixel is a tenth of the example's number, with targets 10 i and -i. */
  private static Dataset houses(int size) {
    float[][] images = new float[size][4];
    float[][] values = new float[size][];
    for (int i = 0; i < size; i++) {
      Arrays.fill(images[i], i / 100f);
      values[i] = new float[] {10 * i, -i};
    }
    return Dataset.ofValues("houses", Shape.image(1, 2, 2), NAMES, images, values);
  }

  private static float[] values(Dataset set, int... indices) {
    return ((Targets.Values) set.targets(indices)).values();
  }

  private static int[] all(Dataset set) {
    return IntStream.range(0, set.size()).toArray();
  }

  /** Each example still has its own targets, whatever the view. */
  private static void assertPaired(Dataset set) {
    assertEquals(NAMES, set.targetNames());
    assertEquals(0, set.classes());
    assertEquals(List.of(), set.classNames());
    float[] values = values(set, all(set));
    for (int i = 0; i < set.size(); i++) {
      float[] image = new float[set.shape().size()];
      set.image(i, image, 0);
      int number = Math.round(100 * image[0]);
      assertEquals(10 * number, values[2 * i]);
      assertEquals(-number, values[2 * i + 1]);
    }
  }

  @Test
  void viewsKeepTheTargetsOfTheirExamples() {
    Dataset houses = houses(20);
    assertPaired(houses);
    Split split = houses.split(0.25, 3);
    assertPaired(split.train());
    assertPaired(split.valid());
    assertEquals(5, split.valid().size());
    assertPaired(houses.resized(1, 3));
    assertPaired(houses.limit(7));
    assertPaired(new Joined(List.of(houses, split.valid())));
    assertPaired(split.train().limit(5).resized(4, 4));
    assertSame(houses, houses.matching(List.of("a", "b")));
  }

  @Test
  void aPartIsDrawnAtRandomAndWithinALargerOne() {
    Dataset houses = houses(40);
    float[] small = values(houses.limit(8), all(houses.limit(8)));
    float[] large = values(houses.limit(20), all(houses.limit(20)));
    assertEquals(16, small.length);
    assertNotEquals(70f, small[14], "not the first eight");
    for (int i = 0; i < 8; i++) {
      float price = small[2 * i];
      assertEquals(
          1, IntStream.range(0, 20).filter(k -> large[2 * k] == price).count(), "of the larger");
    }
    Split split = houses.splitEachClass(0.25, 3);
    assertEquals(10, split.valid().size());
    assertPaired(split.valid());
  }

  @Test
  void batchesHaveTheTargetsOfTheirExamples() {
    try (Batches batches = Batches.shuffled(houses(20), 8, Augmentation.none(), 1, 0)) {
      int seen = 0;
      while (batches.hasNext()) {
        Batch batch = batches.next();
        Targets.Values targets = (Targets.Values) batch.targets();
        for (int i = 0; i < batch.count(); i++) {
          assertEquals(10 * Math.round(100 * batch.images()[4 * i]), targets.values()[2 * i]);
        }
        seen += batch.count();
        Batch end = batch.slice(batch.count() - 1, 1);
        float last = targets.values()[2 * batch.count() - 1];
        assertEquals(last, ((Targets.Values) end.targets()).values()[1]);
        assertThrows(IllegalStateException.class, batch::labels);
      }
      assertEquals(20, seen);
    }
  }

  @Test
  void theCallersArraysAreCopied() {
    float[][] values = {{1}, {2}};
    Dataset set = Dataset.ofValues("own", Shape.features(1), List.of("y"), new float[2][1], values);
    values[1][0] = 7;
    assertArrayEquals(new float[] {2, 1}, values(set, 1, 0));
  }

  @Test
  void refusesTargetsThatAreNone() {
    float[][] two = new float[2][1];
    assertRefused(
        "y of example 1 of own is NaN, expected a finite number: leave the example out",
        () -> own(List.of("y"), two, new float[][] {{0}, {Float.NaN}}));
    assertRefused(
        "the target of example 1 of own has 2 numbers, expected 1, one for each of [y]",
        () -> own(List.of("y"), two, new float[][] {{0}, {1, 2}}));
    assertRefused(
        "own has 2 examples and 1 targets, expected as many of each",
        () -> own(List.of("y"), two, new float[1][1]));
    assertRefused(
        "own names no target, expected at least one: name it",
        () -> own(List.of(), two, new float[2][0]));
    assertRefused(
        "own has no examples, expected at least one",
        () -> own(List.of("y"), new float[0][], new float[0][]));
    assertRefused(
        "3 values have the width 2, expected a multiple of a width of at least 1",
        () -> new Targets.Values(new float[3], 2));
    assertThrows(
        IllegalArgumentException.class, () -> own(List.of("y", "y"), two, new float[2][2]));
  }

  private static Dataset own(List<String> names, float[][] examples, float[][] values) {
    return Dataset.ofValues("own", Shape.features(1), names, examples, values);
  }

  private static void assertRefused(String message, Executable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use).getMessage());
  }

  @Test
  void hasNoClasses() {
    assertFalse(houses(2).targetNames().isEmpty());
    assertEquals(
        "houses has the numbers [price, age] as targets, expected classes: ask for targets",
        assertThrows(IllegalStateException.class, () -> houses(2).label(0)).getMessage());
  }
}
