package io.github.posteriori.train;

import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.WeightPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A summary of the posterior q(w) = N(mu, sigma^2) of one tensor at one time.
 *
 * @param epoch the epoch that has just ended, or 0 for the start
 * @param layer the layer's name
 * @param tensor {@code W} or {@code bias}
 * @param prior of every weight
 * @param weights number of weights, without those that are pruned, here and in all that follows
 * @param mu distribution of their means
 * @param sigma distribution of their standard deviations
 * @param signalToNoise {@code |mu| / sigma}; Blundell et al. 2015, arXiv 1505.05424, prune by it
 * @param kl KL(q || p) of the tensor, in nats
 * @param singles some weights, the same at all times
 */
public record PosteriorSummary(
    int epoch,
    String layer,
    String tensor,
    WeightPrior prior,
    int weights,
    Distribution mu,
    Distribution sigma,
    Distribution signalToNoise,
    double kl,
    List<Single> singles) {
  private static final int SINGLES = 16;

  /**
   * One weight.
   *
   * @param index its position in the tensor, row-major
   * @param mu its mean
   * @param sigma its standard deviation
   */
  public record Single(int index, double mu, double sigma) {}

  static PosteriorSummary of(int epoch, String layer, Posterior posterior) {
    int[] kept =
        IntStream.range(0, posterior.size())
            .filter(i -> posterior.mask().map(mask -> mask.keeps(i)).orElse(true))
            .toArray();
    double[] mu = select(kept, posterior.mu().numbers());
    double[] sigma = select(kept, posterior.sigmas());
    double[] ratio = new double[mu.length];
    for (int i = 0; i < mu.length; i++) {
      ratio[i] = Math.abs(mu[i]) / sigma[i];
    }
    String name = posterior.mu().name();
    return new PosteriorSummary(
        epoch,
        layer,
        name.substring(layer.length() + 1, name.length() - "_mu".length()),
        posterior.prior(),
        mu.length,
        Distribution.of(mu),
        Distribution.of(sigma),
        Distribution.of(ratio),
        kl(mu, sigma, posterior.prior()),
        singles(kept, mu, sigma));
  }

  private static double[] select(int[] places, double[] values) {
    return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
  }

  private static double kl(double[] mu, double[] sigma, WeightPrior prior) {
    double sum = 0;
    for (int i = 0; i < mu.length; i++) {
      sum += prior.divergence(mu[i], sigma[i]);
    }
    return sum;
  }

  /** Selects evenly spaced weights, so that every filter of a layer is represented. */
  private static List<Single> singles(int[] places, double[] mu, double[] sigma) {
    int count = Math.min(SINGLES, mu.length);
    List<Single> singles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = (int) ((i + 0.5) * mu.length / count);
      singles.add(new Single(places[index], mu[index], sigma[index]));
    }
    return List.copyOf(singles);
  }
}
