package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients by the weights are the sums that define them, whatever the window. */
class RowTapsGradientTest {

  private static Geometry map(int in, int rows, int columns, int out, Window window) {
    int reachRows = (window.rows() - 1) * window.dilationRows() + 1;
    int reachColumns = (window.columns() - 1) * window.dilationColumns() + 1;
    return new Geometry(
        Shape.image(in, rows, columns),
        Shape.image(
            out,
            (rows + 2 * window.paddingRows() - reachRows) / window.strideRows() + 1,
            (columns + 2 * window.paddingColumns() - reachColumns) / window.strideColumns() + 1),
        window,
        1);
  }

  private static boolean isOffered(Window window) {
    return LayerPlan.candidates(map(16, 9, 9, 16, window), Optional.empty())
        .anyMatch(plan -> plan.weightGradient() == WeightGradient.ROW_TAPS);
  }

  @Test
  void isOfferedUnlessColumnsAreStrided() {
    assertTrue(isOffered(Window.kernel(3, 3)));
    assertTrue(isOffered(Window.kernel(3, 3).stride(2, 1)));
    assertFalse(isOffered(Window.kernel(3, 3).stride(1, 2)));
  }

  /** Channels and taps that leave a tile or a triple unfilled; padding within and beyond reach. */
  @ParameterizedTest
  @CsvSource({
    // in, rows, columns, out, taps, stride of rows, padding, dilation
    "16, 6, 7, 16, 3, 3, 1, 1, 1, 1, 1",
    "13, 5, 4, 37, 3, 3, 1, 0, 0, 1, 1",
    "3, 7, 5, 5, 5, 5, 1, 2, 2, 1, 1",
    "1, 4, 6, 17, 2, 4, 1, 1, 3, 1, 1",
    "9, 7, 9, 16, 3, 2, 2, 1, 3, 2, 3",
    "2, 1, 20, 33, 1, 7, 1, 0, 3, 1, 1",
    "7, 3, 3, 64, 1, 1, 1, 0, 0, 1, 1",
    "4, 2, 2, 3, 3, 3, 1, 3, 3, 1, 1"
  })
  void sumsWhatDefinesTheGradient(
      int in,
      int rows,
      int columns,
      int out,
      int tapRows,
      int tapColumns,
      int stride,
      int paddingRows,
      int paddingColumns,
      int dilationRows,
      int dilationColumns) {
    Window window =
        Window.kernel(tapRows, tapColumns)
            .stride(stride, 1)
            .padding(paddingRows, paddingColumns)
            .dilation(dilationRows, dilationColumns);
    Geometry geometry = map(in, rows, columns, out, window);
    for (int width : new int[] {Lanes.LENGTH, Lanes.FULL}) {
      float[] x = normal(3, geometry.input().size() * width);
      float[] dy = normal(5, geometry.output().size() * width);
      float[] found = found(geometry, width, x, dy);
      double[] expected = expected(geometry, width, x, dy);
      double scale = Math.sqrt((double) geometry.outputPixels() * width);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 5e-6 * scale, "weight " + i + ", " + width + " images");
      }
    }
  }

  /** Runs the rows in two bands, the second of which begins where the first ended. */
  private static float[] found(Geometry geometry, int width, float[] x, float[] dy) {
    LaneBlock block = new LaneBlock(width);
    block.set(0, 0, width, null, 1, Purpose.TRAINING);
    BlockGradient gradient = new RowTapsGradient(geometry, block, false);
    float[] share = new float[geometry.weights()];
    for (int run = 0; run < 2; run++) { // the second finds what the first left in its arrays
      Arrays.fill(block.workspace(Workspace.INPUTS, 1 << 17), Float.NaN); // as others may leave it
      gradient.start(x);
      int rows = geometry.output().height();
      int half = (rows + 1) / 2;
      gradient.addRows(band(geometry, width, dy, 0, half), 0, half);
      gradient.addRows(band(geometry, width, dy, half, rows), half, rows - half);
      gradient.end(share);
    }
    return share;
  }

  private static float[] band(Geometry geometry, int width, float[] dy, int first, int end) {
    Shape.Image out = geometry.output();
    int row = out.width() * width;
    float[] band = Lanes.array(out.channels() * (end - first) * row);
    for (int o = 0; o < out.channels(); o++) {
      int from = Lanes.LEAD + (o * out.height() + first) * row;
      int to = Lanes.LEAD + o * (end - first) * row;
      System.arraycopy(dy, from, band, to, (end - first) * row);
    }
    return band;
  }

  private static double[] expected(Geometry geometry, int width, float[] x, float[] dy) {
    Window window = geometry.window();
    Shape.Image in = geometry.input();
    Shape.Image out = geometry.output();
    double[] dw = new double[geometry.weights()];
    for (int i = 0; i < dw.length; i++) {
      int tap = i % geometry.taps();
      int channel = i / geometry.taps() % in.channels();
      int o = i / geometry.fanIn();
      for (int pixel = 0; pixel < geometry.outputPixels(); pixel++) {
        int row =
            pixel / out.width() * window.strideRows()
                + tap / window.columns() * window.dilationRows()
                - window.paddingRows();
        int column =
            pixel % out.width()
                + tap % window.columns() * window.dilationColumns()
                - window.paddingColumns();
        if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
          int from = Lanes.LEAD + ((channel * in.height() + row) * in.width() + column) * width;
          int at = Lanes.LEAD + (o * geometry.outputPixels() + pixel) * width;
          for (int image = 0; image < width; image++) {
            dw[i] += (double) x[from + image] * dy[at + image];
          }
        }
      }
    }
    return dw;
  }

  private static float[] normal(int seed, int count) {
    float[] numbers = Lanes.array(count);
    float[] drawn = NoiseKey.training(seed, 4).of(0).normal(0, 1, count);
    System.arraycopy(drawn, 0, numbers, Lanes.LEAD, count);
    return numbers;
  }
}
