package io.github.posteriori.layers;

import io.github.posteriori.annotations.Estimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An affine layer: op(x, W) + b with a linear op. */
public sealed interface AffineLayer extends StandardLayer
    permits ConvLayer, ConvTransposeLayer, LinearLayer {

  /**
   * The variance added to each output under local reparametrisation, which keeps the derivative of
   * its root finite if all inputs are 0.
   */
  double LEAST_VARIANCE = 1e-16;

  /** The weights W. */
  Weight weight();

  /** The bias b, one number for each output channel or feature, if there is one. */
  Optional<Weight> bias();

  /** The estimator of the posterior; {@link Estimator#POINT} for deterministic layers. */
  Estimator estimator();

  /**
   * The number that keys the noise of the weights at which a KL divergence without a closed form is
   * estimated, the biases behind the weights: of BBB that of the weights which the pass draws. LRT
   * draws outputs, so there the number is one that keys nothing else.
   */
  default int divergenceDraw() {
    return estimator() == Estimator.BBB ? index() : ~index();
  }

  /** Returns this layer with other weights, which are no posteriors, and a bias if this has one. */
  AffineLayer with(PointWeight weight, Optional<Weight> bias);

  @Override
  default List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(weight().parameters());
    bias().ifPresent(b -> all.addAll(b.parameters()));
    return all;
  }

  /** Returns the posteriors that the forward pass samples, whose KL divergence counts. */
  default Stream<Posterior> sampledPosteriors() {
    return estimator() == Estimator.POINT
        ? Stream.empty()
        : Stream.concat(Stream.of(weight()), bias().stream())
            .flatMap(weight -> weight.posterior().stream());
  }
}
