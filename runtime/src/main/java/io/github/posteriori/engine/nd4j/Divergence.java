package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.MixturePrior;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.WeightPrior;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** KL(q || p) of the weights of one tensor, or an estimate of it. */
sealed interface Divergence permits KlDivergence, MixtureDivergence {

  /** Returns the divergence in nats, summed over the weights. */
  double value();

  /** Adds the gradients by mu and rho of {@code beta} times the value. */
  void addGradient(double beta);

  /**
   * Creates the divergences of the posteriors that a layer samples.
   *
   * @param noise of the draw at which they are estimated where they have no closed form
   */
  static List<Divergence> of(AffineLayer layer, NoiseKey noise, ParameterArrays arrays) {
    List<Posterior> posteriors = layer.sampledPosteriors().toList();
    boolean isEstimated = posteriors.stream().anyMatch(p -> p.prior() instanceof MixturePrior);
    float[] eps = isEstimated ? draw(layer, posteriors, noise) : null;
    List<Divergence> divergences = new ArrayList<>();
    int from = 0;
    for (Posterior posterior : posteriors) {
      divergences.add(of(new GaussianSample(posterior, arrays), posterior.prior(), eps, from));
      from += posterior.size();
    }
    return divergences;
  }

  private static float[] draw(AffineLayer layer, List<Posterior> posteriors, NoiseKey noise) {
    int weights = posteriors.stream().mapToInt(Posterior::size).sum();
    return new LayerNoise(noise, layer.divergenceDraw()).shared(weights);
  }

  private static Divergence of(GaussianSample sample, WeightPrior prior, float[] eps, int from) {
    if (prior instanceof MixturePrior mixture) {
      INDArray own = LayerNoise.array(eps, from, sample.mu());
      return new MixtureDivergence(sample, mixture, own);
    }
    return new KlDivergence(sample, (GaussianPrior) prior);
  }
}
