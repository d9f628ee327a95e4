package io.github.posteriori.cli.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the examples of a set are called. */
class ExampleWordTest {
  @Test
  void picturesAreImagesWhateverIsPredictedOfThem() {
    assertEquals("2 images", ExampleWord.count(set(Shape.image(1, 4, 3), 2)));
    assertEquals("1 image", ExampleWord.count(set(Shape.image(1, 4, 3), 1)));
    Shape shape = Shape.image(1, 2, 2);
    float[][] image = {new float[shape.size()]};
    float[][] value = {{3}};
    assertEquals(
        ExampleWord.IMAGE,
        ExampleWord.of(Dataset.ofValues("weighed", shape, List.of("grams"), image, value)));
  }

  @Test
  void signalsAndFeaturesAreExamples() {
    assertEquals("2 examples", ExampleWord.count(set(Shape.image(3, 1, 5), 2)));
    assertEquals("1 example", ExampleWord.count(set(Shape.features(4), 1)));
    assertEquals("0 examples", ExampleWord.count(0, set(Shape.features(4), 1)));
  }

  private static Dataset set(Shape shape, int size) {
    return Dataset.of("set", shape, 2, new float[size][shape.size()], new int[size]);
  }
}
