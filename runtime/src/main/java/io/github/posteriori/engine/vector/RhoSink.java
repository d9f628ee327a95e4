package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.Parameter;

/**
 * A sink for optimisers that move rho, where sigma = softplus(rho). To the gradient of the
 * objective it adds that of beta KL,
 *
 * <pre>
 *   by mu     beta (mu - mu_p) / sigma_p^2
 *   by sigma  beta (sigma / sigma_p^2 - 1 / sigma)
 * </pre>
 *
 * <p>and carries the second on to rho: {@code d rho = d sigma * sigmoid(rho)}.
 */
abstract class RhoSink implements GradientSink {
  private final double beta;

  /** A sink of gradients with {@code beta} times the KL divergence. */
  RhoSink(double beta) {
    this.beta = beta;
  }

  /**
   * Takes the gradient of the loss by {@code count} numbers of a parameter from {@code from} on.
   *
   * @param workspace of as many numbers, which may be changed
   */
  abstract void take(Parameter parameter, int from, int count, float[] gradient, float[] workspace);

  @Override
  public final void take(PosteriorTensor tensor, int from, int count, Scratch scratch) {
    if (tensor.isSampled()) {
      addDivergenceByMu(tensor, from, count, scratch);
    }
    take(tensor.mu(), from, count, scratch.byLocation(), scratch.workspace());
    if (tensor.isSampled()) {
      turnToRho(tensor.prior(), count, scratch);
      take(tensor.rho(), from, count, scratch.bySigma(), scratch.workspace());
    }
  }

  private void addDivergenceByMu(PosteriorTensor tensor, int from, int count, Scratch scratch) {
    GaussianPrior prior = tensor.prior();
    float[] gradient = scratch.byLocation();
    float[] means = scratch.mu();
    tensor.mu().read(from, count, means, 0);
    float factor = (float) (beta / (prior.sigma() * prior.sigma()));
    float priorMu = (float) prior.mu();
    for (int i = 0; i < count; i++) {
      gradient[i] += factor * (means[i] - priorMu);
    }
  }

  private void turnToRho(GaussianPrior prior, int count, Scratch scratch) {
    float weight = (float) beta;
    float factor = (float) (beta / (prior.sigma() * prior.sigma()));
    float[] gradient = scratch.bySigma();
    float[] sigmas = scratch.sigma();
    float[] slopes = scratch.slope();
    for (int i = 0; i < count; i++) {
      float s = sigmas[i];
      gradient[i] = (gradient[i] + (factor * s - weight / s)) * slopes[i];
    }
  }
}
