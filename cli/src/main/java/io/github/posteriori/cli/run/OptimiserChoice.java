package io.github.posteriori.cli.run;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.train.Beta;
import java.util.Optional;

/** The optimisers that the command line knows by name. */
public enum OptimiserChoice {
  /** Adam with the constants of its authors. */
  ADAM(Optimiser.adam(), 1e-3),
  /**
   * Stochastic gradient descent with momentum 0.9. Its steps grow with the loss, which is a sum
   * over all training images; those of Adam do not.
   */
  SGD(Optimiser.sgd(0.9), 1e-6),
  /** IVON, whose learning rate is a share of a Newton step. */
  IVON(Optimiser.ivon(), 0.2);

  private final Optimiser optimiser;
  private final double learningRate;

  OptimiserChoice(Optimiser optimiser, double learningRate) {
    this.optimiser = optimiser;
    this.learningRate = learningRate;
  }

  /** Returns the optimiser itself. */
  public Optimiser optimiser() {
    return optimiser;
  }

  /** Returns a learning rate that suits it where no recipe names another. */
  public double learningRate() {
    return learningRate;
  }

  /**
   * Refuses settings of a run that do not fit the optimiser.
   *
   * @param hessian where the curvature of {@link #IVON} starts, if that is stated
   * @param hessianDecay share of it that a step keeps, if that is stated
   * @throws IllegalArgumentException when they do not
   */
  void requireFit(
      Optional<Estimator> estimator,
      Optional<Priors> priors,
      String beta,
      Optional<Double> hessian,
      Optional<Double> hessianDecay) {
    if (this != IVON) {
      requireNone("hessian", hessian, "where the curvature of ivon starts");
      requireNone("hessian-decay", hessianDecay, "the share of the curvature that ivon keeps");
      return;
    }
    if (estimator.equals(Optional.of(Estimator.POINT))) {
      throw new IllegalArgumentException(
          "optimiser is ivon, which learns posteriors, but the estimator is point: train with"
              + " --optimiser adam or sgd, or a Bayesian network with bbb or lrt");
    }
    priors
        .flatMap(MixtureText::of)
        .ifPresent(
            mixture -> {
              throw new IllegalArgumentException(
                  "prior is "
                      + mixture
                      + ", expected one Gaussian with --optimiser ivon, whose weight decay implies"
                      + " one: state --prior-sigma, or train with --optimiser adam or sgd");
            });
    if (beta != null
        && !(Beta.parse(beta) instanceof Beta.Constant constant && constant.value() > 0)) {
      throw new IllegalArgumentException(
          "beta is "
              + beta
              + ", expected a number above 0, such as 1, with --optimiser ivon, whose deviations"
              + " scale with it");
    }
  }

  private void requireNone(String option, Optional<Double> value, String meaning) {
    if (value.isPresent()) {
      throw new IllegalArgumentException(
          "%s is %s, %s, but the optimiser is %s: add --optimiser ivon, or leave --%s out"
              .formatted(option, value.get(), meaning, optimiser.name(), option));
    }
  }
}
