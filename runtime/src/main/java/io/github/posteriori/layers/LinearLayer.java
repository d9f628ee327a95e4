package io.github.posteriori.layers;

import io.github.posteriori.annotations.Estimator;
import java.util.Optional;

/**
 * A fully connected layer.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}
 */
public record LinearLayer(
    int index,
    String name,
    Shape.Features input,
    Shape.Features output,
    Weight weight,
    Optional<Weight> bias,
    Estimator estimator)
    implements AffineLayer {

  @Override
  public LinearLayer with(PointWeight weight, Optional<Weight> bias) {
    return new LinearLayer(index, name, input, output, weight, bias, Estimator.POINT);
  }

  @Override
  public long multiplyAdds() {
    return (long) input.count() * output.count();
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.linear(this);
  }

  @Override
  public String kind() {
    return (weight.posterior().isPresent() ? "BayesLinear " : "Linear ")
        + output.count()
        + (bias.isPresent() ? "" : ", no bias");
  }
}
