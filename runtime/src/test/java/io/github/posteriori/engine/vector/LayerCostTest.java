package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Estimates choose what measurements choose. */
class LayerCostTest {
  /** A plan may take so much longer than the best one. */
  private static final double MOST = 1.15;

  /** Measurements of each plan, in alternation, of which the least counts. */
  private static final int ROUNDS = 6;

  private static Geometry conv(int in, int side, int out, int taps, int stride, int groups) {
    int side2 = (side + taps / 2 * 2 - taps) / stride + 1;
    return new Geometry(
        Shape.image(in, side, side),
        Shape.image(out, side2, side2),
        Window.kernel(taps, taps).stride(stride, stride).padding(taps / 2, taps / 2),
        groups);
  }

  private static Geometry signal(int in, int length, int out, int taps) {
    return new Geometry(
        Shape.image(in, 1, length),
        Shape.image(out, 1, length),
        Window.kernel(1, taps).padding(0, taps / 2),
        1);
  }

  private static Geometry linear(int in, int out) {
    return conv(in, 1, out, 1, 1, 1);
  }

  /** Layers of each kind, none of which takes a step long. */
  private static List<Geometry> layers() {
    return List.of(
        conv(1, 28, 6, 5, 1, 1),
        conv(3, 32, 16, 3, 1, 1),
        conv(16, 32, 16, 3, 1, 1),
        conv(32, 16, 48, 3, 2, 1),
        conv(64, 8, 64, 3, 1, 1),
        conv(64, 4, 96, 5, 1, 1),
        conv(64, 16, 64, 1, 1, 1),
        conv(48, 14, 8, 1, 1, 1),
        conv(32, 16, 32, 3, 1, 32),
        conv(32, 12, 32, 3, 1, 8),
        signal(24, 128, 40, 5),
        linear(400, 120));
  }

  /**
   * One layer may be off, on a machine whose caches and registers are others than those that the
   * prices were fitted on; all together are not.
   */
  @Test
  void whatIsChosenTakesLittleLongerThanTheBest() {
    double sum = 0;
    List<String> lines = new ArrayList<>();
    for (Geometry geometry : layers()) {
      for (int width : new int[] {Lanes.LENGTH, Lanes.FULL}) {
        double factor = factor(geometry, width);
        sum += Math.log(factor);
        lines.add(String.format(Locale.ROOT, "%.2f %s, %d lanes", factor, geometry, width));
      }
    }
    double mean = Math.exp(sum / lines.size());
    assertTrue(
        mean <= MOST,
        () -> "plans take " + mean + " times the best ones'\n" + String.join("\n", lines));
  }

  /** Returns how many times as long the chosen plan takes as the fastest. */
  private static double factor(Geometry geometry, int width) {
    LayerCost cost = new LayerCost(geometry, true, Lanes.LENGTH, width);
    LayerPlan chosen = LayerPlan.of(geometry, Optional.empty(), cost);
    Map<LayerPlan, LayerTimes> all = new LinkedHashMap<>();
    LayerPlan.candidates(geometry, Optional.empty())
        .forEach(plan -> all.put(plan, new LayerTimes(plan, width)));
    for (int round = 0; round < ROUNDS; round++) {
      all.values().forEach(LayerTimes::measure);
    }
    double best = Double.MAX_VALUE;
    for (LayerTimes times : all.values()) {
      best = Math.min(best, times.map() + times.weightGradient());
    }
    LayerTimes own = all.get(chosen);
    return (own.map() + own.weightGradient()) / best;
  }

  @Test
  void aGradientThatFollowsAPoolHasNoEstimateWithoutIt() {
    LayerCost cost = new LayerCost(conv(3, 32, 8, 3, 1, 1), true, Lanes.LENGTH, Lanes.FULL);
    assertThrows(IllegalArgumentException.class, () -> cost.weightGradient(WeightGradient.ARGMAX));
  }
}
