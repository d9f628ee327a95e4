package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMnistTest {
  /** Each digit twice; image i is all of brightness i. */
  private static final byte[] DIGITS = {3, 1, 4, 0, 5, 9, 2, 6, 8, 7, 9, 3, 2, 8, 4, 6, 0, 7, 1, 5};

  @TempDir Path data;

  @ParameterizedTest
  @CsvSource({
    "2,1,0,5", "2,2,5,5", "5,1,0,2", "5,2,2,2", "5,3,4,2", "5,4,6,2", "5,5,8,2",
  })
  void takesItsOwnDigitsAndNumbersThemFromZero(int tasks, int task, int first, int classes)
      throws IOException {
    writeMnist();
    SplitMnist split = new SplitMnist(tasks, task);
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < DIGITS.length; i++) {
      if (DIGITS[i] >= first && DIGITS[i] < first + classes) {
        positions.add(i);
      }
    }

    for (Part part : Part.values()) {
      Dataset set = split.read(data, part);

      assertEquals("splitmnist-" + tasks + "." + task, set.name());
      assertEquals(classes, set.classes());
      assertEquals(first, split.firstDigit());
      assertEquals(2 * classes, set.size());
      for (int i = 0; i < set.size(); i++) {
        float[] pixels = new float[set.shape().size()];
        set.image(i, pixels, 0);
        assertEquals(DIGITS[positions.get(i)], set.label(i) + first);
        String digit = String.valueOf(DIGITS[positions.get(i)]);
        assertEquals(digit, set.classNames().get(set.label(i)), "classes keep their names");
        assertEquals(positions.get(i) / 255f, pixels[500], 1e-6);
      }
    }
  }

  @Test
  void listsEveryTaskOnce() {
    assertArrayEquals(
        new String[] {
          "splitmnist-2.1",
          "splitmnist-2.2",
          "splitmnist-5.1",
          "splitmnist-5.2",
          "splitmnist-5.3",
          "splitmnist-5.4",
          "splitmnist-5.5"
        },
        SplitMnist.all().stream().map(SplitMnist::dataset).toArray());
  }

  @Test
  void lacksWhatMnistLacks() {
    assertEquals(Catalogue.MNIST.subList(0, 2), new SplitMnist(5, 1).missing(data, Part.TRAIN));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void refusesATaskThatThereIsNot(int task) {
    var e = assertThrows(IllegalArgumentException.class, () -> new SplitMnist(5, task));

    assertEquals("SplitMNIST is asked for task " + task + " of 5, expected 1 to 5", e.getMessage());
  }

  @Test
  void refusesAnotherNumberOfTasks() {
    var e = assertThrows(IllegalArgumentException.class, () -> new SplitMnist(3, 1));

    assertEquals("SplitMNIST is asked for 3 tasks, expected 2 or 5", e.getMessage());
  }

  private void writeMnist() throws IOException {
    byte[] pixels = new byte[DIGITS.length * 784];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 784);
    }
    Path folder = Files.createDirectories(data.resolve("MNIST"));
    for (String part : List.of("train", "t10k")) {
      Files.write(
          folder.resolve(part + "-images-idx3-ubyte"), IdxBytes.of(pixels, DIGITS.length, 28, 28));
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), IdxBytes.of(DIGITS, DIGITS.length));
    }
  }
}
