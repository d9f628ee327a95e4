package io.github.posteriori;

import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.laplace.KroneckerFactors;
import io.github.posteriori.laplace.KroneckerPosterior;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.Noise;
import io.github.posteriori.noise.NoiseKey;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Laplace's approximation of the last layer of a network with point weights: a Gaussian posterior
 * of that layer's weights around the trained ones, of which each sample draws the logits. Fitted
 * after training, without a step of it. Of numbers and labels it draws the outputs, around which
 * the likelihood has its noise.
 *
 * <p>Source: Daxberger et al. 2021, "Laplace redux: effortless Bayesian deep learning"; {@link
 * KroneckerPosterior} has the equations.
 */
public final class LastLayerLaplace extends Predictor {
  static final String METHOD = "laplace";
  private static final int BATCH = 256;

  private final LastLayer layer;
  private final KroneckerPosterior posterior;

  private LastLayerLaplace(LastLayer layer, KroneckerPosterior posterior) {
    this.layer = layer;
    this.posterior = posterior;
  }

  /**
   * Refuses a module whose last layer cannot have such a posterior.
   *
   * @throws IllegalArgumentException when it draws weights already, or does not end in a linear
   *     layer
   */
  public static void requireSuited(BayesModule module) {
    LastLayer.of(module);
  }

  /**
   * Fits the posterior of the present weights, under the prior for which the data are most
   * probable.
   *
   * @param train the set that the module was trained on; its labels are not needed
   * @throws IllegalArgumentException when the module draws weights already, or does not end in a
   *     linear layer; or when the set does not fit the module
   */
  public static LastLayerLaplace fit(BayesModule module, Dataset train) {
    Objects.requireNonNull(module, "module is null, expected one that was trained");
    LastLayer layer = LastLayer.of(module);
    int outputs = module.classes();
    Likelihood likelihood = module.likelihood();
    KroneckerFactors.Sum sum = new KroneckerFactors.Sum(layer.width(), outputs);
    try (Batches batches =
        Batches.of(CheckedDataset.unlabelled(train, module.inputShape()), BATCH)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        double[][] features =
            layer.features(batch.images(), batch.count(), NoiseKey.evaluation(0, 0));
        for (double[] h : features) {
          sum.add(h, likelihood.information(layer.logits(h), 0, outputs));
        }
      }
    }
    return new LastLayerLaplace(
        layer, KroneckerPosterior.ofMostEvidence(sum.factors(), layer.squaredNorm()));
  }

  /**
   * Restores the posterior of a layer.
   *
   * @throws IllegalArgumentException when it does not fit the layer
   */
  static LastLayerLaplace restore(
      LastLayer layer, KroneckerFactors factors, double priorPrecision) {
    requireSize("features", factors.features(), layer.width());
    requireSize("outputs", factors.outputs(), layer.outputs());
    return new LastLayerLaplace(layer, new KroneckerPosterior(factors, priorPrecision));
  }

  private static void requireSize(String what, float[] matrix, int size) {
    if (matrix.length != size * size) {
      throw new IllegalArgumentException(
          "the curvature by "
              + what
              + " has "
              + matrix.length
              + " numbers, expected "
              + size
              + " times "
              + size);
    }
  }

  /** The posterior of the last layer's weights. */
  public KroneckerPosterior lastLayer() {
    return posterior;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  void draw(
      BayesModule module,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    int classes = module.classes();
    double[][] features = layer.features(images, count, noise);
    float[][] means = new float[count][];
    double[][] deviations = new double[count][];
    for (int i = 0; i < count; i++) {
      means[i] = layer.logits(features[i]);
      deviations[i] = posterior.deviations(features[i]);
    }
    for (int s = 0; s < samples; s++) {
      Noise own = noise.plusSamples(s).of(layer.index());
      float[] drawn = new float[count * classes];
      for (int i = 0; i < count; i++) {
        float[] normal = own.normal(noise.position(i), 1, classes);
        for (int k = 0; k < classes; k++) {
          drawn[i * classes + k] =
              (float) (means[i][k] + posterior.offset(k, deviations[i], normal));
        }
      }
      logits.accept(drawn);
    }
  }

  @Override
  void requireFits(BayesModule module) {
    if (!layer.isOf(module)) {
      throw new IllegalArgumentException(
          "the posterior is that of another module's last layer, expected this one's: fit one with"
              + " LastLayerLaplace.fit(module, train)");
    }
  }
}
