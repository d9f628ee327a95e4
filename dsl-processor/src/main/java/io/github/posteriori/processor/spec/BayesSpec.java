package io.github.posteriori.processor.spec;

import io.github.posteriori.annotations.Estimator;
import java.util.Optional;

/**
 * What makes a layer Bayesian.
 *
 * @param estimator how it is sampled
 * @param prior where the field states one
 */
public record BayesSpec(Stated<Estimator> estimator, Optional<PriorSpec> prior) {}
