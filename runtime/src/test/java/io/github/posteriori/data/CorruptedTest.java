package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.layers.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sets whose images are corrupted as they are read. */
class CorruptedTest {
  private static final Dataset DIGITS = Digits.digits(40, 1);

  private static float[] image(Dataset set, int index) {
    float[] image = new float[set.shape().size()];
    set.image(index, image, 0);
    return image;
  }

  @Test
  void imagesAreTheSameOnEveryThreadInEveryOrder() {
    for (Corruption corruption : Corruption.all()) {
      if (corruption.strength() != 4) {
        continue;
      }
      Dataset set = DIGITS.corrupted(corruption, 7);
      float[][] once = new float[40][];
      IntStream.range(0, 40).forEach(i -> once[i] = image(set, i));
      float[][] again = new float[40][];
      IntStream.range(0, 40).parallel().forEach(i -> again[39 - i] = image(set, 39 - i));
      for (int i = 0; i < 40; i++) {
        assertArrayEquals(once[i], again[i], corruption + " of " + i);
      }
    }
  }

  @Test
  void anImageIsCorruptedTheSameInAPartOfItsSet() {
    Corruption noise = Corruption.parse("gaussian-noise:3");
    Dataset whole = DIGITS.corrupted(noise, 7);
    Dataset part = DIGITS.limit(10).corrupted(noise, 7);
    Dataset first = whole.limit(10);
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(image(first, i), image(part, i));
    }
    Dataset sixes = DIGITS.classRange("sixes", 6, 1).corrupted(noise, 7);
    assertArrayEquals(image(whole.classRange("sixes", 6, 1), 1), image(sixes, 1));
  }

  @Test
  void seedAndImageDecideWhatIsDrawn() {
    Dataset black = Dataset.of("black", Shape.image(1, 8, 8), 1, new float[3][64], new int[3]);
    Corruption noise = Corruption.parse("impulse-noise:5");
    Corruption weaker = Corruption.parse("impulse-noise:4");
    float[] one = image(black.corrupted(noise, 1), 0);
    assertArrayEquals(one, image(black.corrupted(noise, 1), 0));
    assertFalse(Arrays.equals(one, image(black.corrupted(noise, 1), 1)));
    assertFalse(Arrays.equals(one, image(black.corrupted(noise, 2), 0)));
    assertFalse(Arrays.equals(one, image(black.corrupted(weaker, 1), 0)));
  }

  @Test
  void allElseIsTheSetsOwn() {
    Dataset set = DIGITS.corrupted(Corruption.parse("fog:2"), 1);
    assertEquals("digits-fog-2", set.name());
    assertEquals(DIGITS.classNames(), set.classNames());
    assertEquals(DIGITS.size(), set.size());
    assertEquals(DIGITS.label(9), set.label(9));
    assertTrue(SharedExamples.first(set, DIGITS).isPresent(), "the images are known again");
    Dataset values =
        Dataset.ofValues(
            "v", Shape.image(1, 4, 4), List.of("a"), new float[2][16], new float[][] {{3}, {5}});
    Dataset corrupted = values.corrupted(Corruption.parse("snow:2"), 1);
    assertEquals(List.of("a"), corrupted.targetNames());
    assertEquals(5, ((Targets.Values) corrupted.targets(1)).values()[0]);
  }

  @Test
  void resizedImagesAreCorruptedAtTheirNewSize() {
    Corruption pixelate = Corruption.parse("pixelate:5");
    assertArrayEquals(
        image(DIGITS.resized(20, 20).corrupted(pixelate, 1), 3),
        image(DIGITS.corrupted(pixelate, 1).resized(20, 20), 3));
  }

  @Test
  void refusesSignals() {
    Dataset signals = Dataset.of("signals", Shape.image(1, 1, 8), 1, new float[3][8], new int[3]);
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> signals.corrupted(Corruption.parse("snow:1"), 1))
            .getMessage()
            .contains("the examples of signals are [1, 1, 8]: leave it out"));
  }

  @Test
  void asAnAugmentationItIsDrawnAnewInEveryEpoch() {
    Augmentation noise = Augmentation.parse("corrupt:gaussian-noise/2");
    assertEquals(Augmentation.none().withCorruption(Corruption.parse("gaussian-noise:2")), noise);
    int[] order = IntStream.range(0, 40).toArray();
    float[][] epochs = new float[2][];
    for (int epoch = 0; epoch < 2; epoch++) {
      epochs[epoch] =
          new BatchReader(DIGITS, order, 40, noise, 1, epoch)
              .read(0, ReadingThreads.of(DIGITS, noise))
              .images();
    }
    assertFalse(Arrays.equals(epochs[0], epochs[1]));
    float[] clean = image(DIGITS, 0);
    double square = 0;
    for (int i = 0; i < clean.length; i++) {
      square += Math.pow(epochs[0][i] - clean[i], 2);
    }
    assertTrue(square > 0.1 * 0.06 * 0.06 * clean.length, "noise on every image");
  }
}
