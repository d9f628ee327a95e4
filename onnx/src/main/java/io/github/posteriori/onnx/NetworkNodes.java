package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The nodes of a network, stage by stage.
 *
 * @param graph where the nodes go
 * @param estimators how a layer is sampled
 */
record NetworkNodes(GraphDraft graph, Function<AffineLayer, Estimator> estimators) {

  /** Adds what computes the logits of {@code examples}. */
  Value add(Network network, Value examples) {
    Map<Integer, Value> outputs = new HashMap<>();
    for (Stage stage : network.stages()) {
      List<Value> values =
          stage.inputs().stream()
              .map(input -> network.stage(input).map(s -> outputs.get(s.index())).orElse(examples))
              .toList();
      for (NetworkLayer layer : stage.layers()) {
        values = List.of(layer.match(new LayerNodes(graph, estimators, values)));
      }
      outputs.put(stage.index(), values.get(0));
    }
    return outputs.get(network.stage());
  }
}
