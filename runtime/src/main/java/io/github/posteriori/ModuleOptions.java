package io.github.posteriori;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import java.util.Objects;
import java.util.Optional;

/**
 * The options a program sets when it creates a network; they override the definition.
 *
 * @param seed the random seed of the initial weights and of every draw
 * @param estimator how Bayesian layers are sampled; empty for the definition's
 * @param activation the function meant by {@link Activation#MODEL}; empty for the definition's
 * @param priors prior and initial posterior of every Bayesian layer; empty for the definition's
 * @param engine {@code auto} or the name of an engine, such as {@code nd4j}
 */
public record ModuleOptions(
    long seed,
    Optional<Estimator> estimator,
    Optional<Activation> activation,
    Optional<Priors> priors,
    String engine) {

  public ModuleOptions {
    Objects.requireNonNull(estimator, "estimator");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(priors, "priors");
    Objects.requireNonNull(engine, "engine");
    if (activation.equals(Optional.of(Activation.MODEL))) {
      throw new IllegalArgumentException(
          "activation is MODEL, expected a function such as RELU: MODEL stands for the one chosen"
              + " here");
    }
  }

  /** Returns options with seed 0, the definition's settings and the fastest available engine. */
  public static ModuleOptions defaults() {
    return new ModuleOptions(0, Optional.empty(), Optional.empty(), Optional.empty(), "auto");
  }

  /** Returns these options with another seed. */
  public ModuleOptions withSeed(long seed) {
    return new ModuleOptions(seed, estimator, activation, priors, engine);
  }

  /** Returns these options with one estimator for all Bayesian layers. */
  public ModuleOptions withEstimator(Estimator estimator) {
    return new ModuleOptions(seed, Optional.of(estimator), activation, priors, engine);
  }

  /** Returns these options with a function for all {@link Activation#MODEL} layers. */
  public ModuleOptions withActivation(Activation activation) {
    return new ModuleOptions(seed, estimator, Optional.of(activation), priors, engine);
  }

  /** Returns these options with one prior for all Bayesian layers. */
  public ModuleOptions withPriors(Priors priors) {
    return new ModuleOptions(seed, estimator, activation, Optional.of(priors), engine);
  }

  /** Returns these options with an engine, {@code auto} or its name. */
  public ModuleOptions withEngine(String engine) {
    return new ModuleOptions(seed, estimator, activation, priors, engine);
  }
}
