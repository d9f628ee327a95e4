package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.AffineLayer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Offers the vector engine with plans that differ from layer to layer, whatever they cost, so that
 * every algorithm meets every kind of layer that it can compute.
 */
public final class VariedPlansProvider extends VectorVariant {
  static final String NAME = "vector-varied";

  public VariedPlansProvider() {
    super(NAME, -21);
  }

  @Override
  VectorRunner open(Network network) {
    return new VectorRunner(network, width(network), VariedPlansProvider::plan);
  }

  static int width(Network network) {
    return network.layers().size() % 2 == 0 ? Lanes.FULL : Lanes.LENGTH;
  }

  /** Chooses one of the plans that can compute a layer, by its shapes and its place. */
  static LayerPlan plan(AffineLayer layer, List<Stage> stages, int width) {
    LayerPlan best = LayerPlan.of(layer, stages, width);
    List<LayerPlan> all =
        Stream.concat(LayerPlan.candidates(best.geometry(), best.pool()), Stream.of(best)).toList();
    int choice = 31 * best.geometry().hashCode() + 7 * layer.index() + layer.estimator().ordinal();
    return all.get(Math.floorMod(choice ^ choice >>> 16, all.size()));
  }
}
