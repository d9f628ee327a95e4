package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Stage;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.moments.LatinHypercube;
import java.util.List;
import java.util.Optional;

/**
 * The probabilities of fixed draws of logits of which the network computes mean and variance in one
 * pass, as independent Gaussian numbers.
 */
record SampleFreeAnswer() implements Answer {

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
    NetworkNodes<ValueMoments> nodes =
        new NetworkNodes<>(Stage::layersPooledFirst, inputs -> new MomentNodes(graph, inputs));
    ValueMoments logits = nodes.add(network, ValueMoments.exact(examples));
    Terms terms = new Terms(graph, "logits");
    Value draws =
        logits
            .variance()
            .map(variance -> draws(terms, logits.mean(), variance, network.output().size()))
            .orElseGet(() -> terms.of("Unsqueeze", logits.mean(), terms.integers(0)));
    Value tempered = temperature.map(by -> terms.of("Div", draws, by)).orElse(draws);
    Value all = graph.node("p", "Softmax", List.of(tempered), Attributes.integer("axis", 2));
    new ProbabilityOutputs(graph).add(all, network.output());
  }

  /** Adds m + sqrt(v) eps for each eps, {@code [draws, N, classes]}. */
  private static Value draws(Terms terms, Value mean, Value variance, int classes) {
    float[][] normal = LatinHypercube.ofLogits(classes);
    float[] values = new float[normal.length * classes];
    for (int d = 0; d < normal.length; d++) {
      System.arraycopy(normal[d], 0, values, d * classes, classes);
    }
    Value noise = terms.numbers(values, normal.length, 1, classes);
    return terms.of("Add", mean, terms.of("Mul", terms.of("Sqrt", variance), noise));
  }
}
