package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.AffineLayer;
import java.util.List;
import java.util.Optional;

/** What a model answers about each example. */
sealed interface Answer permits PointAnswer, PredictionAnswer, SampleFreeAnswer {

  /** The names of its outputs, in order. */
  List<String> outputs();

  /** Returns by which estimator the answer takes a layer. */
  Estimator estimator(AffineLayer layer);

  /**
   * Adds a network and the outputs.
   *
   * @param temperature what the logits are divided by
   */
  void add(GraphDraft graph, Network network, Value examples, Optional<Value> temperature);

  /** Adds the logits of a network, layer by layer, each sampled by its estimator. */
  default Value logits(
      GraphDraft graph, Network network, Value examples, Optional<Value> temperature) {
    NetworkNodes<Value> nodes =
        new NetworkNodes<>(Stage::layers, inputs -> new LayerNodes(graph, this::estimator, inputs));
    Value logits = nodes.add(network, examples);
    return temperature
        .map(by -> graph.node("logits.tempered", "Div", List.of(logits, by)))
        .orElse(logits);
  }
}
