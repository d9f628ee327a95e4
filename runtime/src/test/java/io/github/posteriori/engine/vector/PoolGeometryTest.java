package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Index ranges of a pooling window over an image. */
class PoolGeometryTest {

  private static PoolGeometry of(int in, int out, Window window) {
    return new PoolGeometry(Shape.image(1, in, in), Shape.image(1, out, out), window);
  }

  /** in, out, kernel, stride, padding, dilation. */
  @ParameterizedTest
  @CsvSource({
    "8, 4, 2, 2, 0, 1",
    "15, 7, 3, 2, 0, 1",
    "7, 4, 3, 2, 1, 1",
    "5, 5, 3, 1, 1, 1",
    "9, 4, 3, 2, 1, 2",
    "2, 2, 2, 2, 1, 1"
  })
  void firstAndEndBoundTheWindowsWhoseTapIsOnTheImage(
      int in, int out, int kernel, int stride, int padding, int dilation) {
    PoolGeometry geometry =
        of(
            in,
            out,
            Window.kernel(kernel, kernel)
                .stride(stride, stride)
                .padding(padding, padding)
                .dilation(dilation, dilation));
    for (int tap = 0; tap < kernel; tap++) {
      assertTrue(geometry.first(tap) <= geometry.end(tap));
      for (int window = 0; window < out; window++) {
        int place = window * stride - padding + tap * dilation;
        assertEquals(place, geometry.place(tap, window));
        boolean isInside = window >= geometry.first(tap) && window < geometry.end(tap);
        assertEquals(place >= 0 && place < in, isInside, "tap " + tap + " of window " + window);
      }
    }
  }

  @Test
  void rowsAreThoseOfTheWindowAndTheWayBackThoseOfTheInput() {
    PoolGeometry geometry = of(7, 3, Window.kernel(3, 3).stride(2, 2));
    assertArrayEquals(new int[] {2, 3, 4}, geometry.rows(1).places());
    assertArrayEquals(new int[] {1, 0}, geometry.rowsBack(2).places());
    assertArrayEquals(new int[] {0, 2}, geometry.rowsBack(2).taps());
    assertArrayEquals(new int[] {1}, geometry.rowsBack(3).places());
  }

  @Test
  void eachTapHasANumberOfItsOwn() {
    PoolGeometry geometry = of(9, 4, Window.kernel(3, 2).stride(2, 2));
    Set<Float> numbers = new HashSet<>();
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 2; column++) {
        numbers.add(geometry.tap(row, column));
      }
    }
    assertEquals(Set.of(0f, 1f, 2f, 3f, 4f, 5f), numbers);
  }
}
