package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.posteriori.engine.vector.GradientOffsets.Pair;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bands of output pixels tie x and dy together, as the definition of a convolution does. */
class GradientOffsetsTest {
  private static final int WIDTH = 2;
  private static final int PIXEL_STEP = 100;
  private static final int IMAGE_STEP = 7;

  private static Geometry map(int rows, int columns, Window window) {
    int outRows =
        (rows + 2 * window.paddingRows() - window.dilationRows() * (window.rows() - 1) - 1)
                / window.strideRows()
            + 1;
    int outColumns =
        (columns
                    + 2 * window.paddingColumns()
                    - window.dilationColumns() * (window.columns() - 1)
                    - 1)
                / window.strideColumns()
            + 1;
    return new Geometry(
        Shape.image(1, rows, columns), Shape.image(1, outRows, outColumns), window, 1);
  }

  private static GradientOffsets offsets(Geometry geometry) {
    return new GradientOffsets(geometry, WIDTH, PIXEL_STEP, IMAGE_STEP);
  }

  /** rows, columns, kernel rows, kernel columns, stride, padding, dilation. */
  @ParameterizedTest
  @CsvSource({
    "4, 4, 3, 3, 1, 1, 1",
    "9, 21, 3, 3, 1, 1, 1",
    "7, 40, 3, 2, 2, 1, 2",
    "1, 5, 3, 2, 1, 1, 1",
    "33, 3, 1, 1, 1, 0, 1"
  })
  void bandsHaveEachPairOfPixelsOnce(
      int rows, int columns, int kernelRows, int kernelColumns, int stride, int pad, int dilation) {
    Window window =
        Window.kernel(kernelRows, kernelColumns)
            .stride(stride, stride)
            .padding(pad, pad)
            .dilation(dilation, dilation);
    Geometry geometry = map(rows, columns, window);
    GradientOffsets found = offsets(geometry);
    for (int tap = 0; tap < geometry.taps(); tap++) {
      List<String> expected = new ArrayList<>();
      for (int r = 0; r < geometry.output().height(); r++) {
        for (int c = 0; c < geometry.output().width(); c++) {
          int y = r * stride - pad + dilation * (tap / kernelColumns);
          int x = c * stride - pad + dilation * (tap % kernelColumns);
          for (int image = 0; image < WIDTH; image++) {
            if (y >= 0 && y < rows && x >= 0 && x < columns) {
              int ofX = (y * columns + x) * WIDTH + image;
              int ofDy = (r * geometry.output().width() + c) * PIXEL_STEP + image * IMAGE_STEP;
              expected.add(ofX + " with " + ofDy);
            }
          }
        }
      }
      Collections.sort(expected);
      assertEquals(expected, terms(found, tap), "tap " + tap);
    }
  }

  private static List<String> terms(GradientOffsets found, int tap) {
    List<String> terms = new ArrayList<>();
    for (int band = 0; band < found.count(); band++) {
      Pair pair = found.of(band, tap);
      for (int t = 0; t < pair.x().length; t++) {
        terms.add((pair.firstX() + pair.x()[t]) + " with " + (pair.firstDy() + pair.dy()[t]));
      }
    }
    Collections.sort(terms);
    return terms;
  }

  @Test
  void bandsAreAtMostSixteenPixelsAndThoseThatReadAlikeShareTheirTables() {
    GradientOffsets found = offsets(map(10, 32, Window.kernel(3, 3).padding(1, 1)));
    assertEquals(20, found.count());
    Pair second = found.of(2 * 2, 4);
    Pair third = found.of(2 * 3, 4);
    assertEquals(16 * WIDTH, second.x().length);
    assertSame(second.x(), third.x());
    assertSame(second.dy(), third.dy());
    assertEquals(32 * WIDTH, third.firstX() - second.firstX());
  }
}
