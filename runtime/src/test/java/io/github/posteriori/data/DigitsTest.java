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
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class DigitsTest {

  /** A seed names a set for good: change these numbers only with a line in the changelog. */
  @Test
  void drawsTheSameBytesOnEveryMachine() {
    assertEquals(1026857177L, checksum(Digits.digits(500, 7)));
    assertEquals(2342160494L, checksum(Digits.letters(500, 7)));
  }

  @Test
  void describesItself() {
    Dataset digits = Digits.digits(25, 1);

    assertEquals("digits", digits.name());
    assertEquals("letters", Digits.letters(25, 1).name());
    assertEquals(25, digits.size());
    assertEquals(10, digits.classes());
    assertEquals(Shape.image(1, 32, 32), digits.shape());
  }

  @Test
  void isTheBeginningOfALargerSetOfTheSameSeed() {
    Dataset small = Digits.digits(37, 5);
    Dataset large = Digits.digits(120, 5);

    for (int i = 0; i < small.size(); i++) {
      assertEquals(large.label(i), small.label(i));
      assertArrayEquals(image(large, i), image(small, i));
    }
  }

  @Test
  void limitsASetToItsBeginning() {
    Dataset digits = Digits.digits(120, 5);
    Dataset limited = digits.limit(37);

    assertEquals(37, limited.size());
    for (int i = 0; i < limited.size(); i++) {
      assertEquals(digits.label(i), limited.label(i));
      assertArrayEquals(image(digits, i), image(limited, i));
    }
    assertSame(digits, digits.limit(120));
    assertThrows(IllegalArgumentException.class, () -> digits.limit(0));
  }

  @Test
  void drawsOnlyWhatIsAskedFor() {
    DrawnImages images =
        new DrawnImages(
            "drawn",
            Shape.image(1, 1, 1),
            List.of("0", "1"),
            new int[] {0, 1},
            (index, label) ->
                new byte[] {
                  (byte) (index == 1 ? 51 : Assertions.<Integer>fail("image 0 is not asked for"))
                });

    assertEquals(0.2f, image(images, 1)[0]);
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() throws Exception {
    long expected = checksum(Digits.digits(200, 3));
    for (int threads : new int[] {1, 5}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        Dataset digits = Digits.digits(200, 3);
        pool.submit(() -> IntStream.range(0, 200).parallel().forEach(i -> image(digits, i))).get();
        assertEquals(expected, checksum(digits));
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void differsFromSeedToSeed() {
    Dataset one = Digits.digits(100, 1);
    Dataset two = Digits.digits(100, 2);

    for (int i = 0; i < 100; i++) {
      assertFalse(Arrays.equals(image(one, i), image(two, i)), "example " + i);
    }
  }

  @Test
  void drawsNoTwoExamplesAlike() {
    Dataset digits = Digits.digits(300, 1);

    long distinct =
        IntStream.range(0, 300).mapToObj(i -> Arrays.hashCode(image(digits, i))).distinct().count();

    assertEquals(300, distinct);
  }

  @Test
  void holdsEveryClassEquallyOften() {
    Dataset letters = Digits.letters(1000, 9);

    int[] counts = new int[10];
    for (int i = 0; i < letters.size(); i++) {
      counts[letters.label(i)]++;
    }

    int[] hundreds = new int[10];
    Arrays.fill(hundreds, 100);
    assertArrayEquals(hundreds, counts);
  }

  @Test
  void shufflesTheClasses() {
    Dataset digits = Digits.digits(1000, 4);

    int inOrder = 0;
    int repeated = 0;
    for (int i = 0; i < 1000; i++) {
      inOrder += digits.label(i) == i % 10 ? 1 : 0;
      repeated += i >= 10 && digits.label(i) == digits.label(i - 10) ? 1 : 0;
    }

    assertTrue(inOrder < 150, inOrder + " labels follow the index");
    assertTrue(repeated < 150, repeated + " labels follow the block before");
  }

  @Test
  void keepsTheWholeCharacterOnThePaper() {
    Dataset digits = Digits.digits(1000, 8);

    for (int i = 0; i < digits.size(); i++) {
      float[] pixels = image(digits, i);
      double border = 0;
      double inside = 0;
      for (int at = 0; at < pixels.length; at++) {
        assertTrue(pixels[at] >= 0 && pixels[at] <= 1);
        boolean edge = at % 32 == 0 || at % 32 == 31 || at / 32 == 0 || at / 32 == 31;
        border += edge ? pixels[at] / 124 : 0;
        inside = Math.max(inside, pixels[at]);
      }
      assertTrue(border < 0.3, "example " + i + " touches the border: " + border);
      assertTrue(inside > 0.45, "example " + i + " is too pale: " + inside);
    }
  }

  @Test
  void refusesToDrawNothing() {
    var e = assertThrows(IllegalArgumentException.class, () -> Digits.digits(0, 1));

    assertTrue(e.getMessage().startsWith("count is 0, expected 1 to "), e.getMessage());
  }

  @Test
  void refusesMorePixelsThanAnArrayHolds() {
    assertThrows(IllegalArgumentException.class, () -> Digits.letters(1 << 21, 1));
  }

  private static float[] image(Dataset dataset, int index) {
    float[] pixels = new float[dataset.shape().size()];
    dataset.image(index, pixels, 0);
    return pixels;
  }

  private static long checksum(Dataset dataset) {
    CRC32 checksum = new CRC32();
    for (int i = 0; i < dataset.size(); i++) {
      checksum.update(dataset.label(i));
      for (float pixel : image(dataset, i)) {
        checksum.update(Math.round(255 * pixel));
      }
    }
    return checksum.getValue();
  }
}
