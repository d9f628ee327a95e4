package io.github.posteriori.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.spec.Slide;
import org.junit.jupiter.api.Test;

/** Exact arithmetic with open dimensions. */
class CountTest {
  private static final Count HEIGHT = Count.free("height");
  private static final Count WIDTH = Count.free("width");

  @Test
  void polynomialsAreWrittenWithHigherDegreesFirst() {
    Count count = HEIGHT.plus(-4).times(WIDTH.plus(-4)).times(2).plus(HEIGHT.times(HEIGHT)).plus(1);
    assertEquals("height * height + 2 * height * width - 8 * height - 8 * width + 33", text(count));
  }

  @Test
  void termsThatCancelDisappear() {
    assertEquals("0", text(HEIGHT.plus(HEIGHT.times(-1))));
    assertEquals("-width", text(HEIGHT.plus(WIDTH.times(-1)).plus(HEIGHT.times(-1))));
  }

  @Test
  void quotientsOfQuotientsBecomeOne() {
    assertEquals(
        "floor((height - 5) / 8)",
        text(HEIGHT.plus(1).dividedBy(2).plus(1).dividedBy(2).plus(-2).dividedBy(2)));
    assertEquals(
        "floor((2 * floor(height / 2) + 1) / 3)",
        text(HEIGHT.dividedBy(2).times(2).plus(1).dividedBy(3)));
    for (int size = 0; size < 40; size++) {
      assertEquals(
          Math.floorDiv(size - 5, 8),
          Math.floorDiv(Math.floorDiv(Math.floorDiv(size + 1, 2) + 1, 2) - 2, 2));
    }
  }

  @Test
  void countsBeyondLongAreExact() {
    Count most = Count.of(Long.MAX_VALUE);
    assertEquals("85070591730234615847396907784232501249", text(most.times(most)));
  }

  @Test
  void divisionThatComesOutEvenStaysAPolynomial() {
    assertEquals("2 * height + 3", text(HEIGHT.times(4).plus(6).dividedBy(2)));
    assertEquals("2 * height + 3", text(HEIGHT.times(4).plus(7).dividedBy(2)));
    assertEquals("floor(height / 2)", text(HEIGHT.dividedBy(2)));
    assertEquals("floor(3 * height / 2) + 1", text(HEIGHT.times(3).dividedBy(2).plus(1)));
    assertEquals("-2", text(Count.of(-3).dividedBy(2)));
  }

  @Test
  void windowsOverOpenSizesAreFloors() {
    assertEquals("height - 4", text(HEIGHT.slide(new Slide(5, 1, 0, 1))));
    assertEquals("height", text(HEIGHT.slide(new Slide(5, 1, 2, 1))));
    assertEquals(
        "floor((height - 4) / 2)",
        text(HEIGHT.slide(new Slide(5, 1, 0, 1)).slide(new Slide(2, 2, 0, 1))));
    assertEquals(
        "16 * floor(height / 2) * floor(width / 2)",
        text(
            HEIGHT
                .slide(new Slide(2, 2, 0, 1))
                .times(WIDTH.slide(new Slide(2, 2, 0, 1)))
                .times(16)));
  }

  @Test
  void windowsOverKnownSizesAreThoseOfTheRuntime() {
    for (int size = 1; size <= 12; size++) {
      for (int kernel = 1; kernel <= 5; kernel++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int padding = 0; padding <= 3; padding++) {
            for (int dilation = 1; dilation <= 3; dilation++) {
              assertEquals(
                  Integer.toString(Dim.slide(size, kernel, stride, padding, dilation)),
                  text(Count.of(size).slide(new Slide(kernel, stride, padding, dilation))));
            }
          }
        }
      }
    }
  }

  private static String text(Count count) {
    return count.toString();
  }
}
