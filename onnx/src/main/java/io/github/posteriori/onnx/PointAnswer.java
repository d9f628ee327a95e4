package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.AffineLayer;
import java.util.List;
import java.util.Optional;

/** The logits at the means of the posterior. */
record PointAnswer() implements Answer {
  private static final String LOGITS = "logits";

  @Override
  public List<String> outputs() {
    return List.of(LOGITS);
  }

  @Override
  public Estimator estimator(AffineLayer layer) {
    return Estimator.POINT;
  }

  @Override
  public void add(GraphDraft graph, Network network, Value examples, Optional<Value> temperature) {
    Value logits = logits(graph, network, examples, temperature);
    graph.output(LOGITS, logits, network.output(), "logits at the means of the posterior");
  }
}
