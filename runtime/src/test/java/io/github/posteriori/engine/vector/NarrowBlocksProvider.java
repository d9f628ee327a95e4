package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.vector.kernel.Lanes;

/** Offers the vector engine with narrow blocks for all networks, however small their images. */
public final class NarrowBlocksProvider extends VectorVariant {
  static final String NAME = "vector-narrow";

  public NarrowBlocksProvider() {
    super(NAME, -20);
  }

  @Override
  VectorRunner open(Network network) {
    return new VectorRunner(network, Lanes.LENGTH, LayerPlan::of);
  }
}
