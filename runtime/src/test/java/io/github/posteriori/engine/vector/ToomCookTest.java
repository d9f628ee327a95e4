package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.vector.LayerPlan.Forward;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fewer products give what the direct map gives, within rounding. */
class ToomCookTest {

  private static Geometry map(int side, Window window) {
    return new Geometry(Shape.image(16, side, side), Shape.image(16, side, side), window, 1);
  }

  private static Window same(int size) {
    return Window.kernel(size, size).padding(size / 2, size / 2);
  }

  private static Optional<LayerPlan> offered(Geometry geometry) {
    return LayerPlan.candidates(geometry, Optional.empty())
        .filter(plan -> plan.forward().isToomCook())
        .findFirst();
  }

  private static boolean isOffered(Geometry geometry) {
    return offered(geometry).isPresent();
  }

  @Test
  void isOfferedWhereItSparesAThirdOfTheProducts() {
    assertTrue(isOffered(map(2, same(3))), "9 of 16");
    assertTrue(isOffered(map(4, same(5))), "49 of 196");
    assertTrue(isOffered(map(4, same(3))), "49 of 100");
    assertFalse(
        LayerPlan.of(map(4, same(3))).forward().isToomCook(), "where Winograd has 36 products");
    assertFalse(isOffered(map(2, same(1))), "9 of 4");
    assertFalse(isOffered(map(4, same(5).dilation(2, 2).padding(4, 4))), "dilated windows");
    assertFalse(isOffered(map(6, same(5))), "larger images");
    Shape.Image few = Shape.image(4, 2, 2);
    assertFalse(isOffered(new Geometry(few, few, same(3), 1)), "few channels");
  }

  /** Oblong windows; windows that read beyond what there is, whose far taps tie nothing. */
  @ParameterizedTest
  @CsvSource({"2, 3, 3", "2, 5, 7", "4, 5, 5", "4, 3, 5", "4, 7, 3", "4, 9, 11"})
  void agreesWithTheDirectMap(int side, int rows, int columns) {
    Window window = Window.kernel(rows, columns).padding(rows / 2, columns / 2);
    Shape.Image input = Shape.image(33, side, side);
    Geometry geometry = new Geometry(input, Shape.image(40, side, side), window, 1);
    float[] factors = NoiseKey.training(1, 2).of(0).normal(0, 1, geometry.weights());
    float[] x = Lanes.array(input.size() * Lanes.FULL);
    System.arraycopy(NoiseKey.training(3, 4).of(0).normal(0, 1, x.length), 0, x, 0, x.length);
    float[] dy = Lanes.array(geometry.output().size() * Lanes.FULL);
    System.arraycopy(NoiseKey.training(5, 6).of(0).normal(0, 1, dy.length), 0, dy, 0, dy.length);
    OneBlock direct =
        OneBlock.of(new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), false), factors);
    OneBlock found =
        OneBlock.of(new ToomCookWeights(offered(geometry).orElseThrow(), false), factors);
    assertClose("outputs", direct.forward(x), found.forward(x), 0);
    int lead = Lanes.LEAD; // what comes before it is not defined
    assertClose(
        "gradient by inputs", direct.inputGradient(x, dy), found.inputGradient(x, dy), lead);
    assertClose("gradient by weights", direct.weightGradient(), found.weightGradient(), 0);
  }

  private static void assertClose(String what, float[] expected, float[] found, int from) {
    double sum = 0;
    double errors = 0;
    for (int i = from; i < found.length; i++) {
      sum += expected[i] * expected[i];
      errors += Math.pow(expected[i] - found[i], 2);
    }
    double error = Math.sqrt(errors / sum);
    assertTrue(error < 4e-6, what + " are off by " + error);
  }

  /** Where one tap outweighs the others, differences of large numbers leave a small one. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void variancesAreNeverNegative(int side) {
    Geometry geometry = map(side, same(side + 1));
    float[] factors = new float[geometry.weights()];
    float[] random = NoiseKey.training(1, 2).of(0).normal(0, 1, factors.length);
    int middle = geometry.taps() / 2;
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random[i] * random[i] * (i % geometry.taps() == middle ? 1e5f : 1e-5f);
    }
    float[] x = Lanes.array(geometry.input().size() * Lanes.FULL);
    float[] inputs = NoiseKey.training(3, 4).of(0).normal(0, 1, x.length);
    for (int i = 0; i < x.length; i++) {
      int pixel = (i - Lanes.LEAD) / Lanes.FULL % geometry.inputPixels();
      x[i] = inputs[i] * inputs[i] * (pixel == 0 ? 1e3f : 1e-7f);
    }
    float[] direct =
        OneBlock.of(new DirectWeights(OneBlock.plan(geometry, Forward.DIRECT), false), factors)
            .forward(x);
    float[] found =
        OneBlock.of(new ToomCookWeights(offered(geometry).orElseThrow(), true), factors).forward(x);
    float largest = 0;
    for (float y : direct) {
      largest = Math.max(largest, y);
    }
    for (int i = 0; i < found.length; i++) {
      assertTrue(found[i] >= 0, "variance " + i + " is " + found[i] + ", should be " + direct[i]);
      assertEquals(direct[i], found[i], 1e-5 * largest, "variance " + i);
    }
  }
}
