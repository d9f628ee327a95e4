package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fewer products give what the direct map gives, within rounding. */
class KaratsubaTest {

  private static Geometry map(int side, Window window) {
    return new Geometry(Shape.image(16, side, side), Shape.image(16, side, side), window, 1);
  }

  private static Window same(int size) {
    return Window.kernel(size, size).padding(size / 2, size / 2);
  }

  @Test
  void paysWhereItSparesAThirdOfTheProducts() {
    assertTrue(Karatsuba.pays(map(2, same(3))), "9 of 16");
    assertTrue(Karatsuba.pays(map(4, same(5))), "81 of 196");
    assertFalse(Karatsuba.pays(map(4, same(3))), "81 of 100");
    assertFalse(Karatsuba.pays(map(2, same(1))), "9 of 4");
    assertFalse(Karatsuba.pays(map(4, same(5).dilation(2, 2).padding(4, 4))), "spread windows");
    assertFalse(Karatsuba.pays(map(6, same(5))), "larger images");
    Shape.Image few = Shape.image(4, 2, 2);
    assertFalse(Karatsuba.pays(new Geometry(few, few, same(3), 1)), "few channels");
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
    float[] direct = Forward.of(new DirectWeights(geometry, false), factors, x);
    float[] found = Forward.of(new KaratsubaWeights(geometry, true), factors, x);
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
