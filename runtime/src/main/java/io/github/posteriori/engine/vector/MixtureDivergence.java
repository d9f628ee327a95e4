package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.MixtureLoops;
import io.github.posteriori.engine.vector.kernel.PosteriorLoops;
import io.github.posteriori.layers.MixturePrior;

/**
 * An unbiased estimate of the KL divergence from a mixture of two Gaussians: {@code log q(w) - log
 * p(w)} at drawn weights w = mu + sigma eps (Blundell et al. 2015, arXiv 1505.05424, equation 2).
 */
record MixtureDivergence(MixturePrior prior, MixtureLoops loops) implements Divergence {
  MixtureDivergence(MixturePrior prior) {
    this(prior, MixtureLoops.of(prior));
  }

  @Override
  public boolean isEstimated() {
    return true;
  }

  @Override
  public void terms(float[] eps, int from, int count, Scratch scratch) {
    float[] terms = scratch.divergence();
    PosteriorLoops.logSigma(scratch.rho(), scratch.sigma(), terms, count);
    System.arraycopy(eps, from, scratch.workspace(), 0, count);
    loops.divergence(
        scratch.mu(),
        scratch.sigma(),
        scratch.workspace(),
        terms,
        scratch.bySigma(),
        scratch.slope(),
        count);
  }

  @Override
  public double constant() {
    return 0;
  }

  /**
   * {@inheritDoc}
   *
   * <pre>
   *   by mu     beta g                      g = -d log p(w) / dw
   *   by sigma  beta (g eps - 1 / sigma)
   * </pre>
   */
  @Override
  public void addGradients(double beta, float[] eps, int from, int count, Scratch scratch) {
    float[] g = scratch.rho();
    loops.slope(scratch.mu(), scratch.sigma(), eps, from, g, scratch.workspace(), count);
    float[] byMu = scratch.byLocation();
    float[] bySigma = scratch.bySigma();
    float[] sigma = scratch.sigma();
    float weight = (float) beta;
    for (int i = 0; i < count; i++) {
      byMu[i] += weight * g[i];
      bySigma[i] += weight * (g[i] * eps[from + i] - 1 / sigma[i]);
    }
  }
}
