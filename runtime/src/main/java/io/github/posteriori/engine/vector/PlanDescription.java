package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.LayerPlan.WeightGradient;
import io.github.posteriori.layers.AffineLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Describes the plan of a layer in words: what computes it, and the sizes that decided. */
final class PlanDescription {
  private PlanDescription() {}

  /**
   * Describes a layer in one line: its output, its multiply-adds an image and linear map, the width
   * of the blocks, what computes it and why.
   *
   * @param cost by which the plan was chosen
   */
  static String of(AffineLayer layer, LayerPlan plan, LayerCost cost, int width) {
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d multiply-adds, blocks of %d images, forward %s, weight gradient %s, input"
            + " gradient %s, pool %s (%s; %s)",
        layer.name(),
        layer.output(),
        plan.multiplyAdds(),
        width,
        plan.forward(),
        plan.weightGradient(),
        plan.inputGradient(),
        plan.pooling(),
        reason(plan),
        estimate(plan, cost));
  }

  /** The estimated time, and that of the best plan with another algorithm. */
  private static String estimate(LayerPlan plan, LayerCost cost) {
    String own = "estimated at " + micros(cost.of(plan), cost) + " an image";
    if (plan.weightGradient() == WeightGradient.ARGMAX) {
      return own;
    }
    return LayerPlan.candidates(plan.geometry(), plan.pool())
        .filter(other -> !other.equals(plan))
        .min(Comparator.comparingDouble(cost::of))
        .map(
            next ->
                own
                    + ", "
                    + next.forward()
                    + " with "
                    + next.weightGradient()
                    + " at "
                    + micros(cost.of(next), cost))
        .orElse(own);
  }

  private static String micros(double nanos, LayerCost cost) {
    return String.format(Locale.ROOT, "%.2f us", nanos / cost.length() / 1000);
  }

  /** The sizes that decided. */
  static String reason(LayerPlan plan) {
    Geometry geometry = plan.geometry();
    List<String> sizes = new ArrayList<>();
    switch (plan.forward()) {
      case WINOGRAD -> sizes.add(products(Winograd.products(geometry), geometry));
      case KARATSUBA, TOOM_FOUR ->
          sizes.add(products(ToomCook.products(geometry.input().height()), geometry));
      case DIRECT, PANEL, DEPTHWISE -> {}
    }
    switch (plan.weightGradient()) {
      case ARGMAX ->
          sizes.add(
              count(ArgmaxOutputs.windows(plan.pool().orElseThrow()), "window")
                  + " for "
                  + count(geometry.outputPixels(), "output pixel"));
      case BATCH_GEMM -> sizes.add(count(geometry.input().channels(), "input channel"));
      case CHANNELS_IN_LANES, BATCH_IN_LANES, ROW_TAPS, DEPTHWISE -> sizes.add(channels(geometry));
      case TOOM_COOK, WINOGRAD -> {}
    }
    return String.join("; ", sizes);
  }

  private static String products(int products, Geometry geometry) {
    return count(products, "product") + " for " + count(geometry.pairs(), "pair") + " of pixels";
  }

  private static String channels(Geometry geometry) {
    return geometry.input().channels()
        + " to "
        + count(geometry.output().channels(), "channel")
        + (geometry.groups() == 1 ? "" : " in " + geometry.groups() + " groups");
  }

  private static String count(int count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
