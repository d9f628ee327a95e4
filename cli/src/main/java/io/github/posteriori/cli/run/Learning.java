package io.github.posteriori.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.train.Beta;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How weights learn, as a recipe settles it and {@code config.json} keeps it.
 *
 * @param optimiser of the weights
 * @param hessian where the curvature of IVON starts, or empty for its default
 * @param hessianDecay share of that curvature that a step keeps, or empty for its default
 * @param lr learning rate of the first step, for that optimiser
 * @param beta weight of the KL divergence, or a schedule's name
 */
public record Learning(
    OptimiserChoice optimiser,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> hessian,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> hessianDecay,
    double lr,
    String beta) {
  public Learning {
    // Runs of version 0.1 do not say these.
    optimiser = optimiser == null ? OptimiserChoice.ADAM : optimiser;
    hessian = hessian == null ? Optional.empty() : hessian;
    hessianDecay = hessianDecay == null ? Optional.empty() : hessianDecay;
  }

  static Learning adam(double lr, String beta) {
    return new Learning(OptimiserChoice.ADAM, Optional.empty(), Optional.empty(), lr, beta);
  }

  Learning withBeta(String other) {
    return new Learning(optimiser, hessian, hessianDecay, lr, other);
  }

  /** Returns the learning rate of the first step for an optimiser, this one or another. */
  public double lr(OptimiserChoice other) {
    return other == optimiser ? lr : other.learningRate();
  }

  /** Returns the optimiser in the library's terms. */
  Optimiser rule() {
    if (optimiser != OptimiserChoice.IVON) {
      return optimiser.optimiser();
    }
    Optimiser.Ivon ivon = Optimiser.ivon();
    return ivon.withHessian(hessian.orElse(ivon.hessian()))
        .withDecays(ivon.meanDecay(), hessianDecay.orElse(ivon.hessianDecay()));
  }

  /** Puts the options of {@code train} that ask for it. */
  void putInto(Map<String, String> options) {
    options.put("optimiser", optimiser.name().toLowerCase(Locale.ROOT));
    hessian.ifPresent(start -> options.put("hessian", String.valueOf(start)));
    hessianDecay.ifPresent(share -> options.put("hessian-decay", String.valueOf(share)));
    options.put("lr", String.valueOf(lr));
    options.put("beta", beta);
  }

  /**
   * Refuses what does not fit the optimiser.
   *
   * @throws IllegalArgumentException when something does not
   */
  void requireFit(Optional<Estimator> estimator, Optional<Priors> priors) {
    if (optimiser != OptimiserChoice.IVON) {
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
              .formatted(option, value.get(), meaning, optimiser.optimiser().name(), option));
    }
  }
}
