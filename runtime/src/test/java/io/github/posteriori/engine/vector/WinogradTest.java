package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches give what the direct map gives, within rounding. */
class WinogradTest {

  private static Geometry map(int channels, int rows, int columns, Window window, int groups) {
    int outRows = rows + 2 * window.paddingRows() - window.rows() + 1;
    int outColumns = columns + 2 * window.paddingColumns() - window.columns() + 1;
    return new Geometry(
        Shape.image(channels, rows, columns),
        Shape.image(7 * groups, outRows, outColumns),
        window,
        groups);
  }

  private static Window same(int size) {
    return Window.kernel(size, size).padding(size / 2, size / 2);
  }

  private static boolean isOffered(Geometry geometry) {
    return LayerPlan.candidates(geometry, Optional.empty())
        .anyMatch(plan -> plan.forward() == Forward.WINOGRAD);
  }

  @Test
  void isOfferedWhereItSparesProducts() {
    assertTrue(isOffered(map(16, 15, 15, same(5), 1)), "1225 of 4761");
    assertTrue(isOffered(map(3, 10, 10, same(3), 1)), "324 of 784");
    assertTrue(isOffered(map(32, 15, 15, same(5), 4)), "groups");
    assertFalse(isOffered(map(16, 2, 2, same(5), 1)), "49 of 16");
    assertFalse(isOffered(map(16, 1, 1, same(3), 1)), "36 of 1");
    assertFalse(isOffered(map(16, 15, 15, same(7), 1)), "seven taps");
    assertFalse(isOffered(map(16, 15, 15, Window.kernel(5, 3), 1)), "oblong filters");
    Shape.Image image = Shape.image(16, 15, 15);
    Window strided = same(5).stride(2, 2);
    Window dilated = same(5).dilation(2, 2).padding(4, 4);
    assertFalse(
        isOffered(new Geometry(image, Shape.image(16, 8, 8), strided, 1)), "strided windows");
    assertFalse(isOffered(new Geometry(image, image, dilated, 1)), "dilated windows");
  }

  /** Padding that a patch crosses on each side, lies beyond or does not meet; outputs left over. */
  @ParameterizedTest
  @CsvSource({
    "15, 15, 5, 2, 1",
    "7, 7, 5, 1, 1",
    "5, 9, 5, 0, 2",
    "16, 6, 5, 4, 1",
    "3, 4, 5, 11, 1",
    "10, 11, 3, 1, 2",
    "7, 8, 3, 0, 1",
    "2, 1, 3, 8, 1"
  })
  void agreesWithTheDirectMap(int rows, int columns, int taps, int padding, int groups) {
    Window window = Window.kernel(taps, taps).padding(padding, padding);
    Geometry geometry = map(17 * groups, rows, columns, window, groups);
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    float[] x = Lanes.array(geometry.input().size() * Lanes.FULL);
    System.arraycopy(NoiseKey.training(3, 4).of(0).normal(0, 1, x.length), 0, x, 0, x.length);
    float[] direct =
        OneBlock.of(new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), false), factors)
            .forward(x);
    float[] found =
        OneBlock.of(new WinogradWeights(OneBlock.plan(geometry, Forward.WINOGRAD), false), factors)
            .forward(x);
    double sum = 0;
    double errors = 0;
    for (int i = 0; i < found.length; i++) {
      sum += direct[i] * direct[i];
      errors += Math.pow(direct[i] - found[i], 2);
      assertEquals(direct[i], found[i], 1e-2, "output " + i);
    }
    assertTrue(Math.sqrt(errors) < 4e-6 * Math.sqrt(sum), errors + " of " + sum);
  }

  /** All three products, of both widths of a block, with each way to choose for them. */
  @ParameterizedTest
  @CsvSource({
    "8, 8, 3, 1, 1",
    "15, 15, 3, 1, 1",
    "5, 9, 3, 0, 1",
    "4, 4, 3, 1, 1",
    "16, 32, 3, 2, 1",
    "10, 11, 3, 1, 2",
    "3, 3, 3, 2, 1",
    "1, 40, 3, 1, 1",
    "15, 15, 5, 2, 1",
    "7, 11, 5, 0, 1",
    "6, 32, 5, 4, 1",
    "10, 11, 5, 2, 2",
    "1, 40, 5, 2, 1"
  })
  void gradientsAgreeWithThoseOfTheDirectMap(
      int rows, int columns, int taps, int padding, int groups) {
    Window window = Window.kernel(taps, taps).padding(padding, padding);
    Geometry geometry = map(37 * groups, rows, columns, window, groups);
    LayerPlan plan =
        new LayerPlan(
            geometry,
            Optional.empty(),
            Forward.WINOGRAD,
            groups == 1 ? WeightGradient.WINOGRAD : WeightGradient.BATCH_IN_LANES);
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    for (int width : new int[] {Lanes.FULL, Lanes.LENGTH}) {
      float[] x = normal(3, geometry.input().size() * width);
      float[] dy = normal(5, geometry.output().size() * width);
      OneBlock direct =
          OneBlock.of(
              new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), false), factors, width);
      OneBlock found = OneBlock.of(new WinogradWeights(plan, false), factors, width);
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
    assertTrue(Math.sqrt(errors) < 1.5e-5 * Math.sqrt(sum), what + ": " + errors + " of " + sum);
  }

  /** Where all that a patch holds is read by taps that others outweigh. */
  @Test
  void variancesOfAWholePatchAreNeverNegative() {
    Geometry geometry = map(16, 15, 15, same(5), 1);
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    for (int i = 0; i < factors.length; i++) {
      factors[i] *= factors[i] * (i % 5 >= 3 ? 1e-9f : 1);
    }
    float[] x = Lanes.array(geometry.input().size() * Lanes.FULL);
    float[] inputs = NoiseKey.training(3, 4).of(0).normal(0, 1, x.length);
    for (int i = 0; i < x.length; i++) {
      int pixel = (i - Lanes.LEAD) / Lanes.FULL % geometry.inputPixels();
      x[i] = pixel % 15 == 3 ? inputs[i] * inputs[i] : 0;
    }
    for (float v :
        OneBlock.of(new WinogradWeights(OneBlock.plan(geometry, Forward.WINOGRAD), true), factors)
            .forward(x)) {
      assertTrue(v >= 0, "variance " + v);
    }
  }

  /** Where one input outweighs the others, differences of large numbers leave a small one. */
  @ParameterizedTest
  @CsvSource({"3", "5"})
  void variancesAreNeverNegative(int taps) {
    Geometry geometry = map(16, 15, 15, same(taps), 1);
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    for (int i = 0; i < factors.length; i++) {
      factors[i] *= factors[i];
    }
    float[] x = Lanes.array(geometry.input().size() * Lanes.FULL);
    float[] inputs = NoiseKey.training(3, 4).of(0).normal(0, 1, x.length);
    for (int i = 0; i < x.length; i++) {
      int pixel = (i - Lanes.LEAD) / Lanes.FULL % geometry.inputPixels();
      x[i] = inputs[i] * inputs[i] * (pixel % 50 == 0 ? 1e3f : 1e-7f);
    }
    float[] direct =
        OneBlock.of(new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), false), factors)
            .forward(x);
    float[] found =
        OneBlock.of(new WinogradWeights(OneBlock.plan(geometry, Forward.WINOGRAD), true), factors)
            .forward(x);
    float largest = 0;
    for (float y : direct) {
      largest = Math.max(largest, y);
    }
    for (int i = 0; i < found.length; i++) {
      assertTrue(found[i] > 0, "variance " + i + " is " + found[i] + ", should be " + direct[i]);
      assertEquals(direct[i], found[i], 1e-5 * largest, "variance " + i);
    }
  }
}
