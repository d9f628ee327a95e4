package io.github.posteriori;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import java.util.Objects;
import java.util.Optional;

/**
 * What a program decides about a network when it creates it. What is stated here overrules the
 * definition.
 *
 * @param seed of the initial weights and of every draw
 * @param estimator how Bayesian layers are sampled, or empty for what the definition says
 * @param activation the function meant by {@link Activation#MODEL}, or empty for what the
 *     definition says
 * @param priors prior and initial posterior of every Bayesian layer, or empty for what the
 *     definition says
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

  /** Seed 0, everything else as the definition says, on the fastest engine there is. */
  public static ModuleOptions defaults() {
    return new ModuleOptions(0, Optional.empty(), Optional.empty(), Optional.empty(), "auto");
  }

  /** These options with another seed. */
  public ModuleOptions withSeed(long seed) {
    return new ModuleOptions(seed, estimator, activation, priors, engine);
  }

  /** These options with one estimator for all Bayesian layers. */
  public ModuleOptions withEstimator(Estimator estimator) {
    return new ModuleOptions(seed, Optional.of(estimator), activation, priors, engine);
  }

  /** These options with a function for all {@link Activation#MODEL} layers. */
  public ModuleOptions withActivation(Activation activation) {
    return new ModuleOptions(seed, estimator, Optional.of(activation), priors, engine);
  }

  /** These options with one prior for all Bayesian layers. */
  public ModuleOptions withPriors(Priors priors) {
    return new ModuleOptions(seed, estimator, activation, Optional.of(priors), engine);
  }

  /** These options with an engine, {@code auto} or its name. */
  public ModuleOptions withEngine(String engine) {
    return new ModuleOptions(seed, estimator, activation, priors, engine);
  }
}
