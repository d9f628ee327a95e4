package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.log;

import io.github.posteriori.layers.Posterior;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * KL(q || p) of q = N(mu, sigma^2) to p = N(mu_p, sigma_p^2), summed over the weights of one
 * tensor: {@code log(sigma_p / sigma) + (sigma^2 + (mu - mu_p)^2) / (2 sigma_p^2) - 1/2} each, in
 * nats.
 */
final class KlDivergence {
  private final Posterior posterior;
  private final GaussianSample sample;
  private final double priorMu;
  private final double priorVariance;

  KlDivergence(Posterior posterior, ParameterArrays arrays) {
    this.posterior = posterior;
    this.sample = new GaussianSample(posterior, arrays);
    this.priorMu = posterior.prior().mu();
    this.priorVariance = posterior.prior().sigma() * posterior.prior().sigma();
  }

  double value() {
    INDArray sigma = sample.sigma();
    INDArray deviation = sample.mu().sub(priorMu);
    double squares = sum(sigma.mul(sigma).addi(deviation.muli(deviation)));
    double logSigma = sum(log(sigma, true));
    double constant = Math.log(posterior.prior().sigma()) - 0.5;
    return sigma.length() * constant - logSigma + squares / (2 * priorVariance);
  }

  /**
   * Adds {@code beta (mu - mu_p) / sigma_p^2} to mu's gradient and {@code beta (sigma / sigma_p^2 -
   * 1 / sigma)} to sigma's.
   */
  void addGradient(double beta) {
    INDArray sigma = sample.sigma();
    sample.addMuGradient(sample.mu().sub(priorMu).muli(beta / priorVariance));
    sample.addSigmaGradient(sigma.div(priorVariance).subi(sigma.rdiv(1)).muli(beta));
  }

  private static double sum(INDArray a) {
    return a.sumNumber().doubleValue();
  }
}
