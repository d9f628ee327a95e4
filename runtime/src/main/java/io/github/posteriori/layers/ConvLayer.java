package io.github.posteriori.layers;

import io.github.posteriori.annotations.Estimator;
import java.util.Optional;

/**
 * A two-dimensional convolution (strictly, a cross-correlation).
 *
 * @param filters number, window and groups of the filters
 * @param weight {@code [out, in / groups, rows, columns]}
 * @param bias {@code [out]}
 */
public record ConvLayer(
    int index,
    String name,
    Shape.Image input,
    Filters filters,
    Weight weight,
    Optional<Weight> bias,
    Estimator estimator)
    implements AffineLayer {

  public ConvLayer {
    filters.window().requireFit(name, input);
  }

  @Override
  public Shape.Image output() {
    return filters.window().over(input, filters.out());
  }

  @Override
  public ConvLayer with(PointWeight weight, Optional<Weight> bias) {
    return new ConvLayer(index, name, input, filters, weight, bias, Estimator.POINT);
  }

  @Override
  public long multiplyAdds() {
    return (long) output().size() * (input.channels() / filters.groups()) * filters.window().size();
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.conv(this);
  }

  @Override
  public String kind() {
    return (weight.posterior().isPresent() ? "BayesConv " : "Conv ") + filters;
  }
}
