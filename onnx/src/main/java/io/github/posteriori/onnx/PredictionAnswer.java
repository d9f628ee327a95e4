package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.AffineLayer;
import java.util.List;
import java.util.Optional;

/**
 * The probabilities of several posterior samples, each the softmax of a pass.
 *
 * @param samples T, at least 1
 */
record PredictionAnswer(int samples) implements Answer {

  PredictionAnswer {
    if (samples < 1) {
      throw new IllegalArgumentException(
          "samples is " + samples + ", expected at least 1: each is a draw from the posterior");
    }
  }

  @Override
  public List<String> outputs() {
    return ProbabilityOutputs.NAMES;
  }

  @Override
  public Estimator estimator(AffineLayer layer) {
    return layer.estimator();
  }

  @Override
  public void add(GraphDraft graph, Network network, Value examples, Optional<Value> temperature) {
    Value logits = logits(graph, network, examples, temperature);
    Value p = graph.node("p", "Softmax", List.of(logits), Attributes.integer("axis", 1));
    Value all =
        p.drawn()
            ? graph.loop("samples", p, network.output(), samples)
            : graph.node("p.unsampled", "Unsqueeze", List.of(p, graph.integers("p.axis", 0)));
    new ProbabilityOutputs(graph).add(all, network.output());
  }
}
