package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResizedTest {

  @ParameterizedTest
  @CsvSource({"1,28,28,32,32", "3,7,5,32,31", "2,33,40,8,9", "1,1,1,4,4", "3,4,6,1,1"})
  void agreesWithTheDefinition(int channels, int h, int w, int height, int width) {
    Dataset base = images(Shape.image(channels, h, w));
    Dataset resized = new Resized(base, height, width);
    float[] source = new float[base.shape().size()];
    float[] target = new float[resized.shape().size() + 3];

    base.image(1, source, 0);
    resized.image(1, target, 3);

    int at = 3;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double sy = (y + 0.5) * h / height - 0.5;
          double sx = (x + 0.5) * w / width - 0.5;
          assertEquals(definition(source, c, h, w, sy, sx), target[at++], 1e-6);
        }
      }
    }
  }

  /** By PyTorch: F.interpolate(tensor([[0., 1.], [.5, .25]]), (3, 4), mode="bilinear"). */
  @Test
  void agreesWithPyTorch() {
    float[][] pixels = {{0, 1, 0.5f, 0.25f}};
    Dataset base = Dataset.of("two", Shape.image(1, 2, 2), 2, pixels, new int[1]);
    float[] target = new float[12];

    new Resized(base, 3, 4).image(0, target, 0);

    float[] expected = {
      0, 0.25f, 0.75f, 1, 0.25f, 0.34375f, 0.53125f, 0.625f, 0.5f, 0.4375f, 0.3125f, 0.25f
    };
    assertArrayEquals(expected, target, 1e-7f);
  }

  @Test
  void leavesImagesOfTheRightSizeAsTheyAre() {
    Dataset base = images(Shape.image(3, 6, 5));
    float[] expected = new float[90];
    float[] actual = new float[90];

    base.image(0, expected, 0);
    new Resized(base, 6, 5).image(0, actual, 0);

    assertArrayEquals(expected, actual);
  }

  static Stream<UnaryOperator<Dataset>> views() {
    return Stream.of(
        set -> set,
        set -> set.limit(1),
        set -> set.split(0.5, 1).train(),
        set -> set.classRange("part", 0, 1),
        set -> set.matching(List.of("d", "c", "b", "a")),
        set -> new Joined(List.of(set, set)));
  }

  @ParameterizedTest
  @MethodSource("views")
  void anImageOfAnyViewIsResizedFromWhatItWasAtFirst(UnaryOperator<Dataset> view) {
    Dataset first =
        Dataset.of(
            "letters",
            Shape.image(1, 6, 5),
            List.of("a", "b", "c", "d"),
            new float[][] {
              pixels(images(Shape.image(1, 6, 5)), 0), pixels(images(Shape.image(1, 6, 5)), 1)
            },
            new int[] {0, 3});
    Dataset twice = view.apply(first.resized(32, 32)).resized(9, 8);

    assertArrayEquals(pixels(view.apply(first).resized(9, 8), 0), pixels(twice, 0));
    assertArrayEquals(pixels(view.apply(first), 0), pixels(twice.resized(6, 5), 0));
    assertEquals(view.apply(first).classNames(), twice.classNames());
    assertEquals(view.apply(first).label(0), twice.label(0));
    assertEquals(view.apply(first).size(), twice.size());
    assertEquals(Origin.of(view.apply(first), 0), Origin.of(twice, 0));
  }

  @Test
  void refusesASideOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> images(Shape.image(1, 6, 5)).resized(0, 5));
  }

  private static float[] pixels(Dataset set, int index) {
    float[] pixels = new float[set.shape().size()];
    set.image(index, pixels, 0);
    return pixels;
  }

  @Test
  void keepsEverythingElse() {
    Dataset resized = new Resized(images(Shape.image(3, 6, 5)), 32, 32);

    assertEquals("some", resized.name());
    assertEquals(2, resized.size());
    assertEquals(4, resized.classes());
    assertEquals(3, resized.label(1));
    assertEquals(Shape.image(3, 32, 32), resized.shape());
  }

  /** Pixels weigh in by their distance along each axis; outside, the border's value goes on. */
  private static double definition(float[] image, int c, int h, int w, double y, double x) {
    double sum = 0;
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    for (int i = top; i <= top + 1; i++) {
      for (int j = left; j <= left + 1; j++) {
        int row = Math.max(0, Math.min(h - 1, i));
        int column = Math.max(0, Math.min(w - 1, j));
        double weight = (1 - Math.abs(y - i)) * (1 - Math.abs(x - j));
        sum += weight * image[(c * h + row) * w + column];
      }
    }
    return sum;
  }

  private static Dataset images(Shape.Image shape) {
    KeyedRandom random = KeyedRandom.of("test", shape.size());
    float[][] pixels = new float[2][shape.size()];
    for (float[] image : pixels) {
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) random.uniform();
      }
    }
    return Dataset.of("some", shape, 4, pixels, new int[] {0, 3});
  }
}
