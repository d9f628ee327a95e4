package io.github.posteriori.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.layers.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest {
  private static final Shape.Image SHAPE = Shape.image(1, 2, 3);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "none; 1",
        "rotation:10,cutout:2; 1",
        "flip; 2",
        "shift:2; 5",
        "rotation:10,shift:1,flip; 10",
        "jitter:0.2,flip,crop:4; 10"
      })
  void areWhatTheAugmentationShowsOfAnImage(String augmentation, int count) {
    List<View> views = View.of(Augmentation.parse(augmentation), SHAPE);
    assertEquals(count, views.size());
    assertEquals(count, views.stream().distinct().count());
    assertEquals(new View(false, 0, 0), views.get(0));
  }

  @Test
  void moveByHalfOfTheLargestShiftAndSignalsAlongTheirRowAlone() {
    Augmentation augmentation = Augmentation.parse("shift:1,crop:3");
    assertEquals(
        List.of(
            new View(false, 0, 0),
            new View(false, -2, 0),
            new View(false, 2, 0),
            new View(false, 0, -2),
            new View(false, 0, 2)),
        View.of(augmentation, SHAPE));
    assertEquals(
        List.of(new View(false, 0, 0), new View(false, 0, -3), new View(false, 0, 3)),
        View.all(false, 3, Shape.image(2, 1, 9)));
  }

  @Test
  void mirrorAndThenMoveEachImageWithZerosOutside() {
    float[] two = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};
    assertArrayEquals(two, new View(false, 0, 0).of(two, 2, SHAPE));
    assertArrayEquals(
        new float[] {3, 2, 1, 6, 5, 4, 30, 20, 10, 60, 50, 40},
        new View(true, 0, 0).of(two, 2, SHAPE));
    assertArrayEquals(
        new float[] {0, 0, 0, 1, 2, 3, 0, 0, 0, 10, 20, 30},
        new View(false, 1, 0).of(two, 2, SHAPE));
    assertArrayEquals(
        new float[] {0, 3, 2, 0, 6, 5, 0, 30, 20, 0, 60, 50},
        new View(true, 0, 1).of(two, 2, SHAPE));
  }
}
