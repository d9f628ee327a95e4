package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.abs;
import static org.nd4j.linalg.ops.transforms.Transforms.log;
import static org.nd4j.linalg.ops.transforms.Transforms.max;
import static org.nd4j.linalg.ops.transforms.Transforms.sigmoid;

import io.github.posteriori.layers.MixturePrior;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An unbiased estimate of KL(q || p) of q = N(mu, sigma^2) to the mixture p = pi N(mu_p, s1^2) + (1
 * - pi) N(mu_p, s2^2), summed over the weights of one tensor, in nats: {@code log q(w) - log p(w)}
 * at drawn weights (Blundell et al. 2015, arXiv 1505.05424, equation 2),
 *
 * <pre>
 *   w = mu + sigma eps
 *   log q(w) = -log sigma - eps^2 / 2
 *   log p(w) = log(exp a + exp b)      a = log(pi / s1) - (w - mu_p)^2 / (2 s1^2)
 *                                      b = log((1 - pi) / s2) - (w - mu_p)^2 / (2 s2^2)
 * </pre>
 *
 * <p>both without their common constant.
 */
final class MixtureDivergence implements Divergence {
  private final GaussianSample sample;
  private final MixturePrior prior;
  private final INDArray eps;
  private final INDArray deviation;
  private final INDArray square;

  MixtureDivergence(GaussianSample sample, MixturePrior prior, INDArray eps) {
    this.sample = sample;
    this.prior = prior;
    this.eps = eps;
    this.deviation = sample.sigma().mul(eps).addi(sample.mu()).subi(prior.mu());
    this.square = deviation.mul(deviation);
  }

  /** {@code log(exp a + exp b) = max(a, b) + softplus(-|a - b|)}. */
  @Override
  public double value() {
    INDArray a = square.mul(-prior.halfPrecision1()).addi(prior.logFirst());
    INDArray b = square.mul(-prior.halfPrecision2()).addi(prior.logSecond());
    INDArray logP = Softplus.of(abs(a.sub(b), false).negi()).addi(max(a, b, true));
    INDArray logQ = eps.mul(eps).muli(-0.5).subi(log(sample.sigma(), true));
    return sample.ofKept(logQ.subi(logP)).sumNumber().doubleValue();
  }

  /**
   * Adds {@code beta g} to mu's gradient and {@code beta (g eps - 1 / sigma)} to sigma's, with g
   * the derivative of -log p(w) and r the share of the first Gaussian in p(w),
   *
   * <pre>
   *   g = (w - mu_p) (r / s1^2 + (1 - r) / s2^2)      r = 1 / (1 + exp(b - a))
   * </pre>
   */
  @Override
  public void addGradient(double beta) {
    double steeper = prior.halfPrecision2() - prior.halfPrecision1();
    INDArray ahead = square.mul(steeper).addi(prior.logFirst() - prior.logSecond());
    INDArray first = sigmoid(ahead, true).muli(2 * prior.halfPrecision1());
    INDArray second = sigmoid(ahead.negi(), false).muli(2 * prior.halfPrecision2());
    INDArray g = first.addi(second).muli(deviation).muli(beta);
    sample.addMuGradient(g);
    sample.addSigmaGradient(g.mul(eps).subi(sample.sigma().rdiv(beta)));
  }
}
