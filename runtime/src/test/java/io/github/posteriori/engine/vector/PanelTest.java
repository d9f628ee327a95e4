package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panels of what outputs read give what the direct map gives, within rounding, at both widths. */
class PanelTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // name, channels, rows, columns, outputs, window rows, columns, stride, padding, dilation
    "one pixel, 33, 1, 1, 19, 1, 1, 1, 0, 1, 1",
    "1 x 1, 5, 3, 7, 9, 1, 1, 1, 0, 1, 1",
    "1 x 1 every second pixel, 5, 4, 7, 8, 1, 1, 2, 0, 1, 1",
    "3 x 3, 3, 6, 5, 12, 3, 3, 1, 1, 1, 1",
    "strided, 4, 9, 8, 15, 3, 3, 2, 1, 1, 1",
    "far apart, 2, 11, 10, 6, 2, 3, 4, 2, 1, 1",
    "dilated, 3, 9, 11, 7, 3, 3, 1, 2, 2, 1",
    "strided and dilated, 3, 9, 11, 7, 3, 2, 2, 1, 3, 1",
    "one-dimensional, 6, 1, 17, 8, 1, 5, 1, 2, 1, 1",
    "groups, 4, 5, 6, 6, 3, 3, 1, 1, 1, 2",
    "a window wider than the image, 2, 2, 3, 5, 5, 7, 1, 3, 1, 1"
  })
  void agreesWithTheDirectMap(
      String name,
      int channels,
      int rows,
      int columns,
      int outputs,
      int tapRows,
      int tapColumns,
      int stride,
      int padding,
      int dilation,
      int groups) {
    int paddingRows = rows == 1 ? 0 : padding;
    Window window =
        Window.kernel(tapRows, tapColumns)
            .stride(stride, stride)
            .padding(paddingRows, padding)
            .dilation(dilation, dilation);
    Geometry geometry =
        new Geometry(
            Shape.image(channels, rows, columns),
            Shape.image(
                outputs,
                (rows + 2 * paddingRows - dilation * (tapRows - 1) - 1) / stride + 1,
                (columns + 2 * padding - dilation * (tapColumns - 1) - 1) / stride + 1),
            window,
            groups);
    LayerPlan plan =
        new LayerPlan(
            geometry,
            Optional.empty(),
            Forward.PANEL,
            groups == 1 ? WeightGradient.BATCH_GEMM : WeightGradient.BATCH_IN_LANES);
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    for (int width : new int[] {Lanes.FULL, Lanes.LENGTH}) {
      float[] x = normal(3, geometry.input().size() * width);
      float[] dy = normal(5, geometry.output().size() * width);
      OneBlock direct =
          OneBlock.of(
              new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), false), factors, width);
      OneBlock found = OneBlock.of(new PanelWeights(plan, false), factors, width);
      assertNear(direct.forward(x), found.forward(x), "outputs");
      assertNear(direct.inputGradient(x, dy), found.inputGradient(x, dy), "gradient by inputs");
      assertNear(direct.weightGradient(), found.weightGradient(), "gradient by weights");
    }
  }

  private static float[] normal(int seed, int count) {
    float[] numbers = Lanes.array(count);
    float[] drawn = NoiseKey.training(seed, 4).of(0).normal(0, 1, count);
    System.arraycopy(drawn, 0, numbers, Lanes.LEAD, count);
    return numbers;
  }

  private static void assertNear(float[] expected, float[] found, String what) {
    double sum = 0;
    double errors = 0;
    for (int i = 0; i < found.length; i++) {
      sum += expected[i] * expected[i];
      errors += Math.pow(expected[i] - found[i], 2);
    }
    assertEquals(0, Math.sqrt(errors / sum), 2e-6, what);
  }
}
