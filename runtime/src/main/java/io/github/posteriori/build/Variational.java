package io.github.posteriori.build;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import java.util.Optional;

/**
 * What the field of a Bayesian layer states about its inference; empty where the network decides.
 *
 * @param estimator how the posterior is sampled
 * @param priors prior and initial posterior
 */
public record Variational(Optional<Estimator> estimator, Optional<Priors> priors) {

  /** A field that states nothing. */
  public static Variational unstated() {
    return new Variational(Optional.empty(), Optional.empty());
  }

  /** With a stated estimator. */
  public Variational estimator(Estimator estimator) {
    return new Variational(Optional.of(estimator), priors);
  }

  /** With a stated prior. */
  public Variational priors(Priors priors) {
    return new Variational(estimator, Optional.of(priors));
  }
}
