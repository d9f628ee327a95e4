package io.github.posteriori.build;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Weight;
import java.util.Optional;

/** Makes one affine layer, with Gaussian or deterministic weights. */
sealed interface AffineMaker {

  /** The layer's place in its network. */
  int index();

  /** The layer's full name. */
  String layer();

  /** The estimator by which the layer samples its weights. */
  Estimator estimator();

  Weight weight(int fanIn, long... shape);

  Weight bias(int out);

  default ConvLayer conv(Shape input, Filters filters) {
    Shape.Image image = new LayerInput(layer(), input).image();
    FilterWeights needed = new FilterWeights(layer(), image, filters);
    return new ConvLayer(
        index(),
        layer(),
        image,
        filters,
        weight(needed.fanIn(), needed.shape()),
        filters.bias() ? Optional.of(bias(filters.out())) : Optional.empty(),
        estimator());
  }

  /**
   * Makes a transposed convolution.
   *
   * @param extraRows rows added below the output
   * @param extraColumns columns added to its right
   */
  default ConvTransposeLayer convTranspose(
      Shape input, Filters filters, int extraRows, int extraColumns) {
    Shape.Image image = new LayerInput(layer(), input).image();
    FilterWeights needed = new FilterWeights(layer(), image, filters);
    return new ConvTransposeLayer(
        index(),
        layer(),
        image,
        filters,
        extraRows,
        extraColumns,
        weight(needed.transposedFanIn(), needed.transposedShape()),
        filters.bias() ? Optional.of(bias(filters.out())) : Optional.empty(),
        estimator());
  }

  default LinearLayer linear(Shape input, int out, boolean bias) {
    Shape.Features features = new LayerInput(layer(), input).features();
    return new LinearLayer(
        index(),
        layer(),
        features,
        Shape.features(out),
        weight(features.count(), out, features.count()),
        bias ? Optional.of(bias(out)) : Optional.empty(),
        estimator());
  }

  /** Makes layers with a posterior over each weight. */
  record Bayesian(InitialWeights start, int index, String layer, Priors priors, Estimator estimator)
      implements AffineMaker {
    @Override
    public Weight weight(int fanIn, long... shape) {
      return start.posteriorWeight(index, layer, priors, fanIn, shape);
    }

    @Override
    public Weight bias(int out) {
      return start.posteriorBias(index, layer, priors, out);
    }
  }

  /** Makes layers with one number for each weight. */
  record Deterministic(InitialWeights start, int index, String layer) implements AffineMaker {
    @Override
    public Estimator estimator() {
      return Estimator.POINT;
    }

    @Override
    public Weight weight(int fanIn, long... shape) {
      return start.pointWeight(index, layer, fanIn, shape);
    }

    @Override
    public Weight bias(int out) {
      return start.pointBias(layer, out);
    }
  }
}
