package io.github.posteriori.layers;

/**
 * The prior p(w) = N(mu, sigma^2) of every weight of a tensor.
 *
 * @param mu its mean
 * @param sigma its standard deviation, above 0
 */
public record GaussianPrior(double mu, double sigma) implements WeightPrior {
  @Override
  public double density(double w) {
    double z = (w - mu) / sigma;
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / sigma;
  }

  /** {@code log(sigma_p / sigma) + (sigma^2 + (mu - mu_p)^2) / (2 sigma_p^2) - 1/2}. */
  @Override
  public double divergence(double mu, double sigma) {
    double spread = sigma / this.sigma;
    double shift = (mu - this.mu) / this.sigma;
    return (spread * spread + shift * shift - 1) / 2 - Math.log(spread);
  }

  @Override
  public String toString() {
    return "N(" + mu + ", " + sigma + "^2)";
  }
}
