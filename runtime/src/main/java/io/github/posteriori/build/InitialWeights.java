package io.github.posteriori.build;

import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.MixturePrior;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.PointWeight;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.WeightPrior;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;

/** Draws the weights that a layer starts from, keyed by seed, layer and tensor. */
final class InitialWeights {
  /** The number of tensors of a layer with draws of their own: W_mu, W_rho, bias_mu, bias_rho. */
  private static final int TENSORS = 4;

  private final NoiseKey key;

  /** Creates the draws of a module with this random seed. */
  InitialWeights(long seed) {
    this.key = NoiseKey.initialisation(seed);
  }

  /**
   * Draws a posterior over the weights of layer {@code index}, tensors {@code W_mu} and {@code
   * W_rho}.
   */
  Posterior posteriorWeight(int index, String layer, Priors priors, int fanIn, long... shape) {
    double sigma = priors.sigma() == Prior.HE ? he(fanIn) : priors.sigma();
    double std = priors.muStd() == Prior.HE ? he(fanIn) : priors.muStd();
    return posterior(index * TENSORS, layer + ".W", priors.withSigma(sigma), std, shape);
  }

  /**
   * Draws a posterior over the biases of layer {@code index}, tensors {@code bias_mu} and {@code
   * bias_rho}.
   */
  Posterior posteriorBias(int index, String layer, Priors priors, long... shape) {
    double sigma = priors.sigma() == Prior.HE ? 1 : priors.sigma();
    double std = priors.muStd() == Prior.HE ? 0 : priors.muStd();
    return posterior(index * TENSORS + 2, layer + ".bias", priors.withSigma(sigma), std, shape);
  }

  private Posterior posterior(int tensor, String name, Priors priors, double muStd, long... shape) {
    return new Posterior(
        Parameter.trained(name + "_mu", normal(tensor, priors.muMean(), muStd, shape), shape),
        Parameter.trained(
            name + "_rho", normal(tensor + 1, priors.rhoMean(), priors.rhoStd(), shape), shape),
        prior(priors));
  }

  private static WeightPrior prior(Priors priors) {
    return priors
        .mixture()
        .<WeightPrior>map(m -> new MixturePrior(priors.mu(), m.share(), priors.sigma(), m.sigma2()))
        .orElse(new GaussianPrior(priors.mu(), priors.sigma()));
  }

  /** Draws the weights of layer {@code index} from N(0, 2 / fan-in), tensor {@code weight}. */
  PointWeight pointWeight(int index, String layer, int fanIn, long... shape) {
    return new PointWeight(
        Parameter.trained(layer + ".weight", normal(index * TENSORS, 0, he(fanIn), shape), shape));
  }

  /** Creates biases that start at 0, tensor {@code bias}. */
  PointWeight pointBias(String layer, long... shape) {
    return new PointWeight(constant(layer + ".bias", 0, shape));
  }

  /** Creates a trained tensor that starts at {@code value}. */
  Parameter constant(String name, double value, long... shape) {
    return Parameter.trained(name, filled(value, shape), shape);
  }

  /** Creates a batch normalisation that does not change inputs of mean 0 and variance 1. */
  BatchNormLayer batchNorm(int index, String name, Shape input) {
    int channels = channels(input);
    return new BatchNormLayer(
        index,
        name,
        input,
        constant(name + ".weight", 1, channels),
        constant(name + ".bias", 0, channels),
        statistic(name + ".running_mean", 0, channels),
        statistic(name + ".running_var", 1, channels));
  }

  /** Creates a layer normalisation that does not change inputs of mean 0 and variance 1. */
  LayerNormLayer layerNorm(int index, String name, Shape input) {
    long[] batch = input.batch(1);
    long[] shape = Arrays.copyOfRange(batch, 1, batch.length);
    return new LayerNormLayer(
        index,
        name,
        input,
        constant(name + ".weight", 1, shape),
        constant(name + ".bias", 0, shape));
  }

  /** Creates a group normalisation that does not change groups of mean 0 and variance 1. */
  GroupNormLayer groupNorm(int index, String name, Shape input, int groups) {
    int channels = channels(input);
    return new GroupNormLayer(
        index,
        name,
        input,
        groups,
        constant(name + ".weight", 1, channels),
        constant(name + ".bias", 0, channels));
  }

  private static int channels(Shape input) {
    return input instanceof Shape.Image image ? image.channels() : input.size();
  }

  /** Creates a running statistic that starts at {@code value}. */
  Parameter statistic(String name, double value, long... shape) {
    return Parameter.statistic(name, filled(value, shape), shape);
  }

  /**
   * Returns the standard deviation that keeps the scale of ReLU activations: He et al. 2015, arXiv
   * 1502.01852.
   */
  private static double he(int fanIn) {
    return Math.sqrt(2.0 / fanIn);
  }

  private float[] normal(int tensor, double mean, double std, long... shape) {
    float[] draws = key.of(tensor).normal(0, 1, size(shape));
    for (int i = 0; i < draws.length; i++) {
      draws[i] = (float) (mean + std * draws[i]);
    }
    return draws;
  }

  private static float[] filled(double value, long... shape) {
    float[] all = new float[size(shape)];
    Arrays.fill(all, (float) value);
    return all;
  }

  private static int size(long... shape) {
    double size = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "weights of shape "
              + Arrays.toString(shape)
              + " have more numbers than an array can hold: make the layer or its input smaller");
    }
    return (int) size;
  }
}
