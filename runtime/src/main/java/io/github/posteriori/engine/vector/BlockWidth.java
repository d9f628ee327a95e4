package io.github.posteriori.engine.vector;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Chains;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import java.util.List;

/**
 * Chooses the width of a network's blocks by the time that its layers take by estimate ({@link
 * LayerCost}). A full block uses each weight for four times as many images as a narrow one; a
 * narrow block of the same layer has a quarter of the activations, which may then stay in the
 * cache.
 */
final class BlockWidth {
  /** Bytes of a layer's inputs and outputs of one block up to which they stay in the cache. */
  private static final double CACHE = 2.5e6;

  /** Nanoseconds to read or write a register of activations beyond the cache, in all passes. */
  private static final double PASSES = 10;

  private BlockWidth() {}

  /** Returns {@link Lanes#FULL} or {@link Lanes#LENGTH}. */
  static int of(Network network) {
    List<Stage> stages = new Chains(network).stages();
    double full = cost(network, stages, Lanes.FULL);
    double narrow = cost(network, stages, Lanes.LENGTH);
    return narrow < full ? Lanes.LENGTH : Lanes.FULL;
  }

  /** Nanoseconds for as many images as a register has lanes. */
  private static double cost(Network network, List<Stage> stages, int width) {
    return network.layers().stream()
        .filter(AffineLayer.class::isInstance)
        .mapToDouble(layer -> cost((AffineLayer) layer, stages, width))
        .sum();
  }

  private static double cost(AffineLayer layer, List<Stage> stages, int width) {
    Geometry geometry = Geometry.of(layer);
    LayerPlan plan = LayerPlan.of(layer, stages, width);
    double floats = (double) geometry.input().size() + geometry.output().size();
    double beyond = Math.max(0, 1 - CACHE / (Float.BYTES * floats * width));
    int maps = layer.estimator() == Estimator.LRT ? 2 : 1;
    return maps * LayerPlan.cost(layer, stages, width).of(plan) + PASSES * floats * beyond;
  }
}
