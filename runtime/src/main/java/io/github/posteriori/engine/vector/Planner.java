package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.AffineLayer;
import java.util.List;

/** Chooses the algorithms that compute a layer. */
@FunctionalInterface
interface Planner {
  /**
   * Plans a layer of a network.
   *
   * @param stages chains of layers, as the engine runs them
   * @param width lanes of the widest blocks
   */
  LayerPlan plan(AffineLayer layer, List<Stage> stages, int width);
}
