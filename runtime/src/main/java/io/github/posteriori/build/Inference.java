package io.github.posteriori.build;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import java.util.Objects;

/**
 * Resolves how weights are inferred: {@link ModuleOptions} override a field, a field overrides its
 * class, and a class overrides the one around it.
 *
 * @param options the program's options
 * @param estimator the class's estimator
 * @param activation the class's function for {@link Activation#MODEL}
 * @param priors the class's priors
 */
record Inference(ModuleOptions options, Estimator estimator, Activation activation, Priors priors) {
  Inference {
    Objects.requireNonNull(
        options, "options is null, expected ModuleOptions.defaults() or what is made from it");
  }

  /** Returns the inference of a class that states nothing. */
  static Inference unstated(ModuleOptions options) {
    return new Inference(options, Estimator.LRT, Activation.RELU, Priors.defaults());
  }

  Inference withEstimator(Estimator estimator) {
    return new Inference(options, estimator, activation, priors);
  }

  Inference withActivation(Activation activation) {
    return new Inference(options, estimator, activation, priors);
  }

  Inference withPriors(Priors priors) {
    return new Inference(options, estimator, activation, priors);
  }

  Estimator estimator(Variational field) {
    return options.estimator().or(field::estimator).orElse(estimator);
  }

  Priors priors(Variational field) {
    return options.priors().or(field::priors).orElse(priors);
  }

  Activation activation(Activation field) {
    return field == Activation.MODEL ? options.activation().orElse(activation) : field;
  }
}
