package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;

/**
 * Chooses the width of a network's blocks by what they read from beyond the second-level cache. A
 * full block uses each weight for four times as many images as a narrow one; a narrow block of the
 * same layer has a quarter of the activations, which may then stay in the cache.
 */
final class BlockWidth {
  /** Bytes of a layer's inputs and outputs of one block up to which they stay in the cache. */
  private static final double CACHE = 2.5e6;

  /** How often the activations of a layer are read or written, on one linear map. */
  private static final int PASSES = 4;

  private BlockWidth() {}

  /** Returns {@link Lanes#FULL} or {@link Lanes#LENGTH}. */
  static int of(Network network) {
    double full = bytes(network, Lanes.FULL);
    double narrow = bytes(network, Lanes.LENGTH);
    return narrow < full ? Lanes.LENGTH : Lanes.FULL;
  }

  /** Bytes that one image makes a network's blocks read and write beyond the cache. */
  private static double bytes(Network network, int width) {
    return network.layers().stream()
        .filter(AffineLayer.class::isInstance)
        .mapToDouble(layer -> bytes(Geometry.of((AffineLayer) layer), width))
        .sum();
  }

  private static double bytes(Geometry geometry, int width) {
    double activations =
        (double) Float.BYTES * (geometry.input().size() + geometry.output().size());
    double weights = (double) Float.BYTES * LayerPlan.packedWeights(geometry);
    double beyond = Math.max(0, 1 - CACHE / (activations * width));
    return PASSES * activations * beyond + weights / width;
  }
}
