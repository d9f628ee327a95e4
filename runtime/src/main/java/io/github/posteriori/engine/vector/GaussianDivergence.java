package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.PosteriorLoops;
import io.github.posteriori.layers.GaussianPrior;

/**
 * The KL divergence from N(mu_p, sigma_p^2): {@code log(sigma_p / sigma) + (sigma^2 + (mu -
 * mu_p)^2) / (2 sigma_p^2) - 1/2}.
 */
record GaussianDivergence(GaussianPrior prior) implements Divergence {
  @Override
  public boolean isEstimated() {
    return false;
  }

  @Override
  public void terms(float[] eps, int from, int count, Scratch scratch) {
    PosteriorLoops.divergence(
        scratch.mu(),
        scratch.rho(),
        scratch.sigma(),
        (float) prior.mu(),
        (float) (0.5 * precision()),
        scratch.divergence(),
        count);
  }

  @Override
  public double constant() {
    return Math.log(prior.sigma()) - 0.5;
  }

  /**
   * {@inheritDoc}
   *
   * <pre>
   *   by mu     beta (mu - mu_p) / sigma_p^2
   *   by sigma  beta (sigma / sigma_p^2 - 1 / sigma)
   * </pre>
   */
  @Override
  public void addGradients(double beta, float[] eps, int from, int count, Scratch scratch) {
    float[] byMu = scratch.byLocation();
    float[] bySigma = scratch.bySigma();
    float[] mu = scratch.mu();
    float[] sigma = scratch.sigma();
    float factor = (float) (beta / (prior.sigma() * prior.sigma()));
    float weight = (float) beta;
    float priorMu = (float) prior.mu();
    for (int i = 0; i < count; i++) {
      byMu[i] += factor * (mu[i] - priorMu);
    }
    for (int i = 0; i < count; i++) {
      bySigma[i] += factor * sigma[i] - weight / sigma[i];
    }
  }

  private double precision() {
    return 1 / (prior.sigma() * prior.sigma());
  }
}
