package io.github.posteriori.cli;

import io.github.posteriori.Priors;
import io.github.posteriori.cli.run.MixtureText;
import picocli.CommandLine.Option;

/** The options that say what is believed of weights before a training, and where it starts. */
final class PriorOptions {
  @Option(
      names = "--prior",
      paramLabel = "P",
      converter = PriorMixture.class,
      description =
          "mixture:SHARE,SIGMA1,SIGMA2, a mixture of two Gaussians as prior, such as"
              + " mixture:0.5,0.1,0.002, in place of --prior-sigma; SIGMA1 may be he (default: one"
              + " Gaussian)")
  private MixtureText prior;

  @Option(
      names = "--prior-mu",
      paramLabel = "M",
      description = "mean of the prior (default: the recipe's)")
  private Double priorMu;

  @Option(
      names = "--prior-sigma",
      paramLabel = "S",
      converter = PriorSigma.class,
      description =
          "standard deviation of the prior, or he: sqrt(2 / fan-in), 1 for biases (default: the"
              + " recipe's)")
  private Double priorSigma;

  @Option(
      names = "--rho",
      paramLabel = "R",
      description =
          "where the posteriors start: sigma is softplus(R), with little scatter (default: the"
              + " recipe's)")
  private Double rho;

  /** Returns whether any of them is stated. */
  boolean isStated() {
    return prior != null || priorMu != null || priorSigma != null || rho != null;
  }

  /** Returns whether a mixture is asked for. */
  boolean isMixture() {
    return prior != null;
  }

  /** Settles priors, where nothing is stated as a recipe says. */
  Priors of(Priors recipe) {
    requireOneForm(prior, priorSigma);
    Priors priors =
        recipe
            .withMu(RunOptions.stated(priorMu, recipe.mu()))
            .withSigma(RunOptions.stated(priorSigma, recipe.sigma()))
            .withRhoMean(RunOptions.stated(rho, recipe.rhoMean()));
    return prior == null ? priors : prior.on(priors);
  }

  /** Refuses a start of the posteriors, which IVON's curvature says. */
  void requireNoStart() {
    RunOptions.require(
        rho == null,
        "rho",
        rho,
        "none with --optimiser ivon, whose curvature says where sigma starts: leave --rho out, or"
            + " state --hessian");
  }

  /** Refuses the deviation of one Gaussian beside a mixture. */
  static void requireOneForm(MixtureText prior, Double priorSigma) {
    RunOptions.require(
        prior == null || priorSigma == null,
        "prior-sigma",
        priorSigma == null ? null : Priors.text(priorSigma),
        "none with --prior " + prior + ", which states both deviations: leave one of the two out");
  }
}
