package io.github.posteriori.layers;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * The prior p(w) of every weight of a tensor: one Gaussian, or a mixture of two. In files, its keys
 * say which.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(GaussianPrior.class),
  @JsonSubTypes.Type(MixturePrior.class),
})
public sealed interface WeightPrior permits GaussianPrior, MixturePrior {

  /** The mean of the prior. */
  double mu();

  /** The standard deviation of the prior. */
  double sigma();

  /** Returns p(w). */
  double density(double w);

  /**
   * Returns KL(q || p) of q = N(mu, sigma^2), in nats.
   *
   * @param sigma above 0
   */
  double divergence(double mu, double sigma);
}
