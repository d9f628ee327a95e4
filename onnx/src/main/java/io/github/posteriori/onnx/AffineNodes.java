package io.github.posteriori.onnx;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.onnx.schema.Onnx.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * The nodes of an affine layer. With op the convolution or the matrix product, and eps ~ N(0, 1),
 *
 * <pre>
 *   POINT   y = op(x, mu) + mu_b
 *   BBB     y = op(x, W) + b,   W = mu + sigma eps for each weight and bias
 *   LRT     y = m + sqrt(v) eps for each output,
 *           m = op(x, mu) + mu_b,   v = max(op(x^2, sigma^2) + sigma_b^2, 1e-16)
 * </pre>
 *
 * <p>and for an x of mean m and variance v, of independent numbers,
 *
 * <pre>
 *   E y   = op(m, mu) + mu_b
 *   Var y = op(v, mu^2 + sigma^2) + op(m^2, sigma^2) + sigma_b^2
 * </pre>
 *
 * <p>Engines add 1e-16 to v. As a bound it is the same but for rounding, and holds on devices, too,
 * whose fast convolutions may round a variance to below 0.
 */
final class AffineNodes {
  private final GraphDraft graph;
  private final AffineLayer layer;
  private final String operator;
  private final AttributeProto[] attributes;

  /** Creates the nodes of a layer whose op is that operator with these attributes. */
  AffineNodes(GraphDraft graph, AffineLayer layer, String operator, AttributeProto... attributes) {
    this.graph = graph;
    this.layer = layer;
    this.operator = operator;
    this.attributes = attributes;
  }

  /** Adds what computes y of x. */
  Value add(Value x, Estimator estimator) {
    return switch (estimator) {
      case POINT -> op(layer.name(), x, this::mean);
      case BBB -> op(layer.name(), x, this::drawn);
      case LRT -> locallyReparametrised(x);
    };
  }

  private Value locallyReparametrised(Value x) {
    String name = layer.name();
    Value mean = op(name + ".mean", x, this::mean);
    Value square = graph.node(name + ".square", "Mul", List.of(x, x));
    Value sum = op(name + ".sum_of_variances", square, this::variance);
    Value least =
        graph.tensor(name + ".least_variance", new float[] {(float) AffineLayer.LEAST_VARIANCE});
    Value variance = graph.node(name + ".variance", "Max", List.of(sum, least));
    Value deviation = graph.node(name + ".deviation", "Sqrt", List.of(variance));
    return draw(name, mean, deviation);
  }

  /** Adds what computes the moments of y of those of x. */
  ValueMoments moments(ValueMoments x, Estimator estimator) {
    Terms terms = new Terms(graph, layer.name());
    Value mu = mean(layer.weight());
    Optional<Value> spread =
        layer
            .weight()
            .posterior()
            .filter(posterior -> estimator != Estimator.POINT)
            .map(posterior -> variance(layer.weight()));
    List<Value> variances = new ArrayList<>();
    x.variance()
        .ifPresent(
            variance -> {
              Value square = terms.of("Mul", mu, mu);
              Value weights = spread.map(own -> terms.of("Add", square, own)).orElse(square);
              variances.add(op(layer.name() + ".by_inputs", variance, weights, Optional.empty()));
            });
    spread.ifPresent(
        own -> {
          Value square = terms.of("Mul", x.mean(), x.mean());
          Optional<Value> ofBias = layer.bias().map(this::variance);
          variances.add(op(layer.name() + ".by_weights", square, own, ofBias));
        });
    Value mean = op(layer.name(), x.mean(), mu, layer.bias().map(this::mean));
    return variances.isEmpty()
        ? ValueMoments.exact(mean)
        : new ValueMoments(
            mean, Optional.of(terms.of("Relu", terms.of("Sum", variances)))); // not below 0
  }

  private Value op(String name, Value x, Function<Weight, Value> numbers) {
    return op(name, x, numbers.apply(layer.weight()), layer.bias().map(numbers));
  }

  private Value op(String name, Value x, Value weight, Optional<Value> bias) {
    List<Value> inputs = new ArrayList<>(List.of(x, weight));
    bias.ifPresent(inputs::add);
    return graph.node(name, operator, inputs, attributes);
  }

  private Value mean(Weight weight) {
    return graph.tensor(weight.location());
  }

  private Value drawn(Weight weight) {
    return draw(stem(weight), mean(weight), sigma(weight));
  }

  private Value draw(String name, Value mean, Value deviation) {
    Value noise = graph.noise(name + ".noise", mean);
    Value scaled = graph.node(name + ".scaled_noise", "Mul", List.of(deviation, noise));
    return graph.node(name, "Add", List.of(mean, scaled));
  }

  private Value sigma(Weight weight) {
    return spread(weight, "_sigma", sigma -> sigma);
  }

  private Value variance(Weight weight) {
    return spread(weight, "_variance", sigma -> sigma * sigma);
  }

  private Value spread(Weight weight, String suffix, DoubleUnaryOperator ofSigma) {
    double[] sigmas = weight.posterior().map(Posterior::sigmas).orElseThrow();
    float[] numbers = new float[sigmas.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) ofSigma.applyAsDouble(sigmas[i]);
    }
    return graph.tensor(stem(weight) + suffix, numbers, weight.shape());
  }

  /** Returns the name of the weights without what it is of them: {@code conv1.W}. */
  private static String stem(Weight weight) {
    return weight.location().name().replaceFirst("_mu$", "");
  }
}
