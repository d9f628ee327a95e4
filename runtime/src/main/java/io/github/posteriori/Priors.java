package io.github.posteriori;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.posteriori.annotations.Prior;
import java.util.Optional;

/**
 * The prior of every weight, N(mu, sigma^2) or a mixture with a second Gaussian, and the start of
 * its posterior N(mu, softplus(rho)^2).
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
 * @param mixture the second Gaussian; empty for a prior that is one Gaussian
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
    double rhoStd,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonSerialize(using = MixtureJson.Writer.class)
        @JsonDeserialize(using = MixtureJson.Reader.class)
        Optional<Mixture> mixture) {

  /**
   * What makes the prior a scale mixture, {@code share N(mu, sigma^2) + (1 - share) N(mu,
   * sigma2^2)} (Blundell et al. 2015, arXiv 1505.05424, equation 7). Its KL divergence is estimated
   * at drawn weights, one draw a step.
   *
   * @param share of the first Gaussian, above 0 and below 1
   * @param sigma2 standard deviation of the second, above 0
   */
  public record Mixture(double share, double sigma2) {
    public Mixture {
      require(share > 0 && share < 1, "share", share, "a number above 0 and below 1");
      require(
          sigma2 > 0 && sigma2 < Double.POSITIVE_INFINITY, "sigma2", sigma2, "a number above 0");
    }
  }

  /** The word that stands for {@link Prior#HE} in files and on the command line. */
  static final String HE = "he";

  public Priors {
    mixture = mixture == null ? Optional.empty() : mixture; // files of version 0.1 lack it
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

  /** Creates a prior that is one Gaussian. */
  public Priors(
      double mu, double sigma, double muMean, double muStd, double rhoMean, double rhoStd) {
    this(mu, sigma, muMean, muStd, rhoMean, rhoStd, Optional.empty());
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
    return new Priors(mu, sigma, muMean, muStd, rhoMean, rhoStd, mixture);
  }

  /** Returns these priors with another standard deviation. */
  public Priors withSigma(double sigma) {
    return new Priors(mu, sigma, muMean, muStd, rhoMean, rhoStd, mixture);
  }

  /**
   * Returns these priors with posteriors that start at another rho, where sigma = softplus(rho).
   */
  public Priors withRhoMean(double rhoMean) {
    return new Priors(mu, sigma, muMean, muStd, rhoMean, rhoStd, mixture);
  }

  /**
   * Returns these priors with a mixture, {@code share N(mu, sigma^2) + (1 - share) N(mu,
   * sigma2^2)}. Blundell et al. tried shares of 0.25 to 0.75, sigma from 0.14 to 1 and sigma2 from
   * 0.0003 to 0.0025.
   *
   * @param share of the first Gaussian, above 0 and below 1
   * @param sigma standard deviation of the first, above 0, or {@link Prior#HE}
   * @param sigma2 standard deviation of the second, above 0
   */
  public Priors withMixture(double share, double sigma, double sigma2) {
    Optional<Mixture> mixture = Optional.of(new Mixture(share, sigma2));
    return new Priors(mu, sigma, muMean, muStd, rhoMean, rhoStd, mixture);
  }

  /** Returns the words for a standard deviation: its number, or {@code he} for {@link Prior#HE}. */
  public static String text(double deviation) {
    return deviation == Prior.HE ? HE : String.valueOf(deviation);
  }

  @Override
  public String toString() {
    return "Priors[mu=%s, sigma=%s%s, muMean=%s, muStd=%s, rhoMean=%s, rhoStd=%s]"
        .formatted(
            mu,
            text(sigma),
            mixture.map(m -> ", share=" + m.share() + ", sigma2=" + m.sigma2()).orElse(""),
            muMean,
            text(muStd),
            rhoMean,
            rhoStd);
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
