package io.github.posteriori.onnx;

import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * The mean of several draws of probabilities, and their uncertainty: with p_t those of draw t of T,
 *
 * <pre>
 *   probabilities   p = mean p_t
 *   epistemic       mean (p_t - p)^2
 *   aleatoric       mean p_t (1 - p_t)
 * </pre>
 */
record ProbabilityOutputs(GraphDraft graph) {
  private static final String PROBABILITIES = "probabilities";
  private static final String EPISTEMIC = "epistemic";
  private static final String ALEATORIC = "aleatoric";

  /** The names of the outputs, in order. */
  static final List<String> NAMES = List.of(PROBABILITIES, EPISTEMIC, ALEATORIC);

  /**
   * Adds the outputs.
   *
   * @param all the draws, {@code [T, N, shape]}
   */
  void add(Value all, Shape shape) {
    Value mean = mean("p.mean", all);
    Value deviation = graph.node("p.deviation", "Sub", List.of(all, mean));
    Value square = graph.node("p.squared_deviation", "Mul", List.of(deviation, deviation));
    Value one = graph.tensor("p.one", new float[] {1});
    Value rest = graph.node("p.rest", "Sub", List.of(one, all));
    Value variance = graph.node("p.variance", "Mul", List.of(all, rest));
    graph.output(PROBABILITIES, mean, shape, "mean probabilities of the classes");
    graph.output(
        EPISTEMIC, mean("p.epistemic", square), shape, "variance that more data would remove");
    graph.output(ALEATORIC, mean("p.aleatoric", variance), shape, "variance inherent in the data");
  }

  private Value mean(String name, Value all) {
    return graph.node(
        name,
        "ReduceMean",
        List.of(all),
        Attributes.integers("axes", 0),
        Attributes.integer("keepdims", 0));
  }
}
