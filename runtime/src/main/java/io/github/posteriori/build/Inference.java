package io.github.posteriori.build;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import java.util.Objects;

/**
 * How a definition wants its weights inferred, and what becomes of it: {@link ModuleOptions} beat
 * what a field states, a field beats its class, and a class beats the one around it.
 *
 * @param options what the program decided
 * @param estimator that the class states
 * @param activation that the class states for {@link Activation#MODEL}
 * @param priors that the class states
 */
record Inference(ModuleOptions options, Estimator estimator, Activation activation, Priors priors) {
  Inference {
    Objects.requireNonNull(
        options, "options is null, expected ModuleOptions.defaults() or what is made from it");
  }

  /** A class that states nothing. */
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
