package io.github.posteriori;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.posteriori.annotations.Prior;

/**
 * The Gaussian prior N(mu, sigma^2) of every weight, and the start of its posterior N(mu,
 * softplus(rho)^2).
 *
 * @param mu mean of the prior
 * @param sigma standard deviation of the prior, above 0, or {@link Prior#HE}: sqrt(2 / fan-in) for
 *     weights and 1 for biases, a prior under which the activations of a wide layer are as large as
 *     those of a narrow one (Neal 1996, "Bayesian learning for neural networks", chapter 2)
 * @param muMean mean of the normal draw that starts the posterior means
 * @param muStd standard deviation of that draw, or {@link Prior#HE}: sqrt(2 / fan-in) for weights
 *     and zero for biases
 * @param rhoMean mean of the normal draw that starts rho
 * @param rhoStd standard deviation of that draw
 */
public record Priors(
    double mu,
    @JsonSerialize(using = DeviationJson.Writer.class)
        @JsonDeserialize(using = DeviationJson.Reader.class)
        double sigma,
    double muMean,
    @JsonSerialize(using = DeviationJson.Writer.class)
        @JsonDeserialize(using = DeviationJson.Reader.class)
        double muStd,
    double rhoMean,
    double rhoStd) {
  /** The word that stands for {@link Prior#HE} in files and on the command line. */
  static final String HE = "he";

  public Priors {
    requireFinite(mu, "mu");
    requireFinite(muMean, "muMean");
    requireFinite(rhoMean, "rhoMean");
    require(
        sigma == Prior.HE || sigma > 0 && sigma < Double.POSITIVE_INFINITY,
        "sigma",
        sigma,
        "a number above 0, or Prior.HE");
    require(
        muStd == Prior.HE || muStd >= 0 && muStd < Double.POSITIVE_INFINITY,
        "muStd",
        muStd,
        "a number of at least 0, or Prior.HE");
    require(
        rhoStd >= 0 && rhoStd < Double.POSITIVE_INFINITY,
        "rhoStd",
        rhoStd,
        "a number of at least 0");
  }

  /**
   * Returns N(0, 0.1^2), with means drawn at the scale of He et al. 2015 and rho from N(-5, 0.1^2).
   */
  public static Priors defaults() {
    return new Priors(0, 0.1, 0, Prior.HE, -5, 0.1);
  }

  /**
   * Returns the start of PyTorch-BayesianCNN: N(0, 0.1^2), with means drawn from N(0, 0.1^2) and
   * rho from N(-3, 0.1^2).
   */
  public static Priors ofPyTorchBayesianCnn() {
    return new Priors(0, 0.1, 0, 0.1, -3, 0.1);
  }

  /** Returns these priors with another mean. */
  public Priors withMu(double mu) {
    return new Priors(mu, sigma, muMean, muStd, rhoMean, rhoStd);
  }

  /** Returns these priors with another standard deviation. */
  public Priors withSigma(double sigma) {
    return new Priors(mu, sigma, muMean, muStd, rhoMean, rhoStd);
  }

  /**
   * Returns these priors with posteriors that start at another rho, where sigma = softplus(rho).
   */
  public Priors withRhoMean(double rhoMean) {
    return new Priors(mu, sigma, muMean, muStd, rhoMean, rhoStd);
  }

  /** Returns the words for a standard deviation: its number, or {@code he} for {@link Prior#HE}. */
  public static String text(double deviation) {
    return deviation == Prior.HE ? HE : String.valueOf(deviation);
  }

  @Override
  public String toString() {
    return "Priors[mu=%s, sigma=%s, muMean=%s, muStd=%s, rhoMean=%s, rhoStd=%s]"
        .formatted(mu, text(sigma), muMean, text(muStd), rhoMean, rhoStd);
  }

  private static void requireFinite(double value, String what) {
    require(Double.isFinite(value) && value != Prior.HE, what, value, "a finite number");
  }

  private static void require(boolean holds, String what, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "prior " + what + " is " + text(value) + ", expected " + expected);
    }
  }
}
