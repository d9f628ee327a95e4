package io.github.posteriori.layers;

/**
 * The scale mixture of two Gaussians, {@code p(w) = share N(mu, sigma1^2) + (1 - share) N(mu,
 * sigma2^2)}: a wide one for the few weights that matter and a narrow one for the others (Blundell
 * et al. 2015, arXiv 1505.05424, equation 7).
 *
 * <p>Its KL divergence has no closed form. Training estimates it by {@code log q(w) - log p(w)} at
 * drawn weights, as the paper does.
 *
 * @param mu mean of both
 * @param share of the first, above 0 and below 1
 * @param sigma1 standard deviation of the first, above 0
 * @param sigma2 standard deviation of the second, above 0
 */
public record MixturePrior(double mu, double share, double sigma1, double sigma2)
    implements WeightPrior {
  /** The distance of the nodes of {@link #divergence} and the farthest, in deviations of q. */
  private static final double NODE_DISTANCE = 0.125;

  private static final double FARTHEST_NODE = 8;

  @Override
  public double sigma() {
    return Math.sqrt(share * sigma1 * sigma1 + (1 - share) * sigma2 * sigma2);
  }

  @Override
  public double density(double w) {
    return share * new GaussianPrior(mu, sigma1).density(w)
        + (1 - share) * new GaussianPrior(mu, sigma2).density(w);
  }

  /**
   * Returns log p(w) + log(2 pi) / 2, as the larger of both terms plus what the other adds to it.
   */
  private double logDensity(double w) {
    double square = (w - mu) * (w - mu);
    double first = logFirst() - square * halfPrecision1();
    double second = logSecond() - square * halfPrecision2();
    return Math.max(first, second) + Math.log1p(Math.exp(-Math.abs(first - second)));
  }

  /** {@code ln(share / sigma1)}. */
  public double logFirst() {
    return Math.log(share / sigma1);
  }

  /** {@code ln((1 - share) / sigma2)}. */
  public double logSecond() {
    return Math.log((1 - share) / sigma2);
  }

  /** {@code 1 / (2 sigma1^2)}. */
  public double halfPrecision1() {
    return 0.5 / (sigma1 * sigma1);
  }

  /** {@code 1 / (2 sigma2^2)}. */
  public double halfPrecision2() {
    return 0.5 / (sigma2 * sigma2);
  }

  /** By the trapezoidal rule, whose error falls faster than any power for such integrands. */
  @Override
  public double divergence(double mu, double sigma) {
    double sum = 0;
    for (double z = -FARTHEST_NODE; z <= FARTHEST_NODE; z += NODE_DISTANCE) {
      sum += Math.exp(-z * z / 2) * logDensity(mu + sigma * z);
    }
    return -0.5 - Math.log(sigma) - sum * NODE_DISTANCE / Math.sqrt(2 * Math.PI);
  }

  @Override
  public String toString() {
    return share
        + " "
        + new GaussianPrior(mu, sigma1)
        + " + "
        + (1 - share)
        + " "
        + new GaussianPrior(mu, sigma2);
  }
}
