package io.github.posteriori.onnx;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.NetworkLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The nodes of a network, stage by stage.
 *
 * @param <T> what flows from layer to layer
 * @param order of the layers of a stage
 * @param table what a layer adds that takes these inputs
 */
record NetworkNodes<T>(
    Function<Stage, List<NetworkLayer>> order, Function<List<T>, LayerCases<T>> table) {

  /** Adds what computes the logits of {@code examples}. */
  T add(Network network, T examples) {
    Map<Integer, T> outputs = new HashMap<>();
    for (Stage stage : network.stages()) {
      List<T> values =
          stage.inputs().stream()
              .map(input -> network.stage(input).map(s -> outputs.get(s.index())).orElse(examples))
              .toList();
      for (NetworkLayer layer : order.apply(stage)) {
        values = List.of(layer.match(table.apply(values)));
      }
      outputs.put(stage.index(), values.get(0));
    }
    return outputs.get(network.stage());
  }
}
