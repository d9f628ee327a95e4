package io.github.posteriori.processor.spec;

import io.github.posteriori.annotations.Estimator;
import java.util.Optional;

/**
 * The Bayesian part of a layer.
 *
 * @param estimator how the layer is sampled
 * @param prior the prior, if the field states one
 */
public record BayesSpec(Stated<Estimator> estimator, Optional<PriorSpec> prior) {}
