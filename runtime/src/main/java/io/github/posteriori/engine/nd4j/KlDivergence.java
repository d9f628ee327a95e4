package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.log;

import io.github.posteriori.layers.GaussianPrior;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * KL(q || p) of q = N(mu, sigma^2) to p = N(mu_p, sigma_p^2), summed over the weights of one tensor
 * that are kept: {@code log(sigma_p / sigma) + (sigma^2 + (mu - mu_p)^2) / (2 sigma_p^2) - 1/2}
 * each, in nats.
 */
final class KlDivergence implements Divergence {
  private final GaussianSample sample;
  private final GaussianPrior prior;

  KlDivergence(GaussianSample sample, GaussianPrior prior) {
    this.sample = sample;
    this.prior = prior;
  }

  @Override
  public double value() {
    INDArray sigma = sample.sigma();
    INDArray deviation = sample.mu().sub(prior.mu());
    double squares = sum(sigma.mul(sigma).addi(deviation.muli(deviation)));
    double logSigma = sum(log(sigma, true));
    double constant = Math.log(prior.sigma()) - 0.5;
    return sample.kept() * constant - logSigma + squares / (2 * variance());
  }

  /**
   * Adds {@code beta (mu - mu_p) / sigma_p^2} to mu's gradient and {@code beta (sigma / sigma_p^2 -
   * 1 / sigma)} to sigma's. Those by pruned weights, whose sigma is 0, mean nothing, and the
   * parameters take none.
   */
  @Override
  public void addGradient(double beta) {
    INDArray sigma = sample.sigma();
    sample.addMuGradient(sample.mu().sub(prior.mu()).muli(beta / variance()));
    sample.addSigmaGradient(sigma.div(variance()).subi(sigma.rdiv(1)).muli(beta));
  }

  private double variance() {
    return prior.sigma() * prior.sigma();
  }

  private double sum(INDArray a) {
    return sample.ofKept(a).sumNumber().doubleValue();
  }
}
