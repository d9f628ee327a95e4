package io.github.posteriori.moments;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.NetworkLayer;
import java.util.List;

/** Opens layers as networks of their own: what an engine does to be fast, moments get, too. */
final class OneLayer {
  private OneLayer() {}

  /** Opens a network of one layer that takes one input. */
  static NetworkRunner open(NetworkLayer layer, Engine engine) {
    Stage stage = new Stage(0, List.of(Stage.INPUT), List.of(layer));
    return engine.open(
        new Network(
            layer.input(),
            layer.output(),
            List.of(layer),
            List.of(stage),
            (pass, input) -> pass.forward(stage, input),
            (pass, gradient) -> pass.backward(stage, gradient)));
  }
}
