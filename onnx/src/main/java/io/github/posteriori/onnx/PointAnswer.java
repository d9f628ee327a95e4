package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;

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
  public void add(GraphDraft graph, Value logits, Shape shape) {
    graph.output(LOGITS, logits, shape, "logits at the means of the posterior");
  }
}
