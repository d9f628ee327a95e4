package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * The mean probabilities of several posterior samples, and their uncertainty: with p_t the softmax
 * of sample t of T,
 *
 * <pre>
 *   probabilities   p = mean p_t
 *   epistemic       mean (p_t - p)^2
 *   aleatoric       mean p_t (1 - p_t)
 * </pre>
 *
 * @param samples T, at least 1
 */
record PredictionAnswer(int samples) implements Answer {
  private static final String PROBABILITIES = "probabilities";
  private static final String EPISTEMIC = "epistemic";
  private static final String ALEATORIC = "aleatoric";

  PredictionAnswer {
    if (samples < 1) {
      throw new IllegalArgumentException(
          "samples is " + samples + ", expected at least 1: each is a draw from the posterior");
    }
  }

  @Override
  public List<String> outputs() {
    return List.of(PROBABILITIES, EPISTEMIC, ALEATORIC);
  }

  @Override
  public Estimator estimator(AffineLayer layer) {
    return layer.estimator();
  }

  @Override
  public void add(GraphDraft graph, Value logits, Shape shape) {
    Value p = graph.node("p", "Softmax", List.of(logits), Attributes.integer("axis", 1));
    Value all = p.drawn() ? graph.loop("samples", p, shape, samples) : unsampled(graph, p);
    Value mean = mean(graph, "p.mean", all);
    Value deviation = graph.node("p.deviation", "Sub", List.of(all, mean));
    Value square = graph.node("p.squared_deviation", "Mul", List.of(deviation, deviation));
    Value one = graph.tensor("p.one", new float[] {1});
    Value rest = graph.node("p.rest", "Sub", List.of(one, all));
    Value variance = graph.node("p.variance", "Mul", List.of(all, rest));
    graph.output(PROBABILITIES, mean, shape, "mean probabilities of the classes");
    graph.output(
        EPISTEMIC,
        mean(graph, "p.epistemic", square),
        shape,
        "variance that more data would remove");
    graph.output(
        ALEATORIC, mean(graph, "p.aleatoric", variance), shape, "variance inherent in the data");
  }

  /** Returns probabilities that no sample changes as those of one sample. */
  private static Value unsampled(GraphDraft graph, Value p) {
    Value axis = graph.integers("p.axis", 0);
    return graph.node("p.unsampled", "Unsqueeze", List.of(p, axis));
  }

  private static Value mean(GraphDraft graph, String name, Value all) {
    return graph.node(
        name,
        "ReduceMean",
        List.of(all),
        Attributes.integers("axes", 0),
        Attributes.integer("keepdims", 0));
  }
}
