package io.github.posteriori.train;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.WeightPrior;
import java.util.ArrayList;
import java.util.List;

/**
 * The posterior of all examples from those of k parts, each with the whole prior p: {@code q_1 ...
 * q_k / p^(k-1)}, so the factor of a part is {@code q_i / p}, what its examples say. Of Gaussians,
 *
 * <pre>
 *   a_i     = 1/sigma_i^2 - 1/sigma_p^2
 *   1/s^2   = 1/sigma_p^2 + sum a_i
 *   m / s^2 = mu_p/sigma_p^2 + sum (mu_i/sigma_i^2 - mu_p/sigma_p^2)
 * </pre>
 *
 * <p>Where a_i is not above 0, the part is no surer of the weight than the prior: it has learned
 * nothing of it, and its factor is no Gaussian, so it is left out. The merged deviation is thereby
 * never larger than that of the prior.
 */
final class MergedPosterior {
  private MergedPosterior() {}

  /**
   * Refuses priors that the quotient of Gaussians does not take.
   *
   * @throws IllegalArgumentException when there is such a one
   */
  static void requireFit(Network network) {
    for (Posterior posterior : network.sampledPosteriors()) {
      if (!(posterior.prior() instanceof GaussianPrior)) {
        throw new IllegalArgumentException(
            "the prior of "
                + posterior.mu().name()
                + " is "
                + posterior.prior()
                + ", expected one Gaussian where posteriors are merged: state such a prior, or"
                + " another exchange");
      }
    }
  }

  /**
   * Merges the weights of parts.
   *
   * @param mean of the parts, which is left of values outside the posteriors that the forward pass
   *     samples
   */
  static Weights of(List<ShardState> parts, Weights mean, Network network) {
    List<Weights.Tensor> merged = new ArrayList<>(mean.tensors());
    List<Parameter> parameters = network.parameters();
    for (Posterior posterior : network.sampledPosteriors()) {
      int muAt = parameters.indexOf(posterior.mu());
      int rhoAt = parameters.indexOf(posterior.rho());
      List<float[]> mus =
          parts.stream().map(part -> part.weights().tensors().get(muAt).kept()).toList();
      List<float[]> rhos =
          parts.stream().map(part -> part.weights().tensors().get(rhoAt).kept()).toList();
      float[] mu = new float[mus.get(0).length];
      float[] rho = new float[mu.length];
      merge(mus, rhos, posterior.prior(), mu, rho);
      merged.set(muAt, merged.get(muAt).with(mu));
      merged.set(rhoAt, merged.get(rhoAt).with(rho));
    }
    return new Weights(merged);
  }

  /** Writes the merged posterior of each weight to {@code mean} and {@code rho}. */
  static void merge(
      List<float[]> mus, List<float[]> rhos, WeightPrior prior, float[] mean, float[] rho) {
    double least = 1 / (prior.sigma() * prior.sigma());
    for (int i = 0; i < mean.length; i++) {
      double precision = least;
      double shift = prior.mu() * least;
      for (int k = 0; k < mus.size(); k++) {
        double sigma = Posterior.sigma(rhos.get(k)[i]);
        double own = 1 / (sigma * sigma);
        if (own > least) {
          precision += own - least;
          shift += mus.get(k)[i] * own - prior.mu() * least;
        }
      }
      mean[i] = (float) (shift / precision);
      rho[i] = (float) Posterior.rho(1 / Math.sqrt(precision));
    }
  }
}
