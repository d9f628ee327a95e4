package io.github.posteriori.build;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import java.util.Optional;

/**
 * The statement of a Bayesian layer's field about its inference; empty where the class decides.
 *
 * @param estimator the estimator that samples the posterior
 * @param priors prior and initial posterior
 */
public record Variational(Optional<Estimator> estimator, Optional<Priors> priors) {

  /** Returns the statement of a field that states nothing. */
  public static Variational unstated() {
    return new Variational(Optional.empty(), Optional.empty());
  }

  /** Returns a copy with a stated estimator. */
  public Variational estimator(Estimator estimator) {
    return new Variational(Optional.of(estimator), priors);
  }

  /** Returns a copy with stated priors. */
  public Variational priors(Priors priors) {
    return new Variational(estimator, Optional.of(priors));
  }
}
