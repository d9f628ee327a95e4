package io.github.posteriori.layers;

import io.github.posteriori.annotations.Estimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A layer of weights: op(x, W) + b with a linear op. */
public sealed interface AffineLayer extends StandardLayer permits ConvLayer, LinearLayer {

  /**
   * Added to the variance of each output under local reparametrisation, which keeps the derivative
   * of its root finite where nothing flows in.
   */
  double LEAST_VARIANCE = 1e-16;

  /** W. */
  Weight weight();

  /** b, one for each output channel or feature, where there is one. */
  Optional<Weight> bias();

  /** How a posterior is sampled; {@link Estimator#POINT} for deterministic layers. */
  Estimator estimator();

  @Override
  default List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(weight().parameters());
    bias().ifPresent(b -> all.addAll(b.parameters()));
    return all;
  }

  /** The posteriors that the forward pass samples, and so those whose KL divergence counts. */
  default Stream<Posterior> sampledPosteriors() {
    return estimator() == Estimator.POINT
        ? Stream.empty()
        : Stream.concat(Stream.of(weight()), bias().stream())
            .flatMap(weight -> weight.posterior().stream());
  }
}
