package io.github.posteriori.engine.vector;

import io.github.posteriori.Priors;
import io.github.posteriori.layers.PointWeight;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.noise.Noise;

/**
 * A layer's weights (or its biases) in one step: what the kernels multiply by, and what becomes of
 * the gradients by it.
 *
 * <pre>
 *   LRT      location mu                 variance sigma^2
 *   BBB      location mu + sigma eps
 *   POINT    location mu
 * </pre>
 */
final class PosteriorTensor {
  private final Tensor mu;
  private final Tensor rho;
  private final Priors prior;
  private final Sampling sampling;
  private final float[] location;
  private final float[] variance;
  private final float[] sigma;
  private final float[] slope;
  private final float[] eps;
  private final float[] muGradient;
  private final float[] sigmaGradient;

  /** What of a posterior is sampled. */
  enum Sampling {
    /** Nothing: the means are the weights. */
    NOTHING,
    /** The weights. */
    WEIGHTS,
    /** What they do to an input. */
    OUTPUTS
  }

  PosteriorTensor(Weight weight, Sampling sampling) {
    Posterior posterior = weight instanceof Posterior p ? p : null;
    this.mu = new Tensor(posterior == null ? ((PointWeight) weight).weight() : posterior.mu());
    this.sampling = posterior == null ? Sampling.NOTHING : sampling;
    boolean sampled = this.sampling != Sampling.NOTHING;
    this.rho = sampled ? new Tensor(posterior.rho()) : null;
    this.prior = sampled ? posterior.prior() : null;
    int size = mu.size();
    this.location = new float[size];
    this.muGradient = new float[size];
    this.sigma = sampled ? new float[size] : null;
    this.slope = sampled ? new float[size] : null;
    this.sigmaGradient = sampled ? new float[size] : null;
    this.variance = this.sampling == Sampling.OUTPUTS ? new float[size] : null;
    this.eps = this.sampling == Sampling.WEIGHTS ? new float[size] : null;
  }

  int size() {
    return location.length;
  }

  /** mu, or a draw. */
  float[] location() {
    return location;
  }

  /** sigma^2, where outputs are sampled. */
  float[] variance() {
    return variance;
  }

  /**
   * Reads the weights in {@code [from, to)}, and draws them where they are sampled.
   *
   * @param noise of the layer
   * @param element of the noise that belongs to the first of all these weights
   * @return their KL divergence, in nats
   */
  double prepare(int from, int to, Noise noise, int element, Scratch scratch) {
    double kl = 0;
    for (int start = from; start < to; start += Scratch.CHUNK) {
      kl += prepareChunk(start, Math.min(to - start, Scratch.CHUNK), noise, element, scratch);
    }
    return kl;
  }

  private double prepareChunk(int from, int count, Noise noise, int element, Scratch scratch) {
    mu.read(from, count, location, from);
    if (sampling == Sampling.NOTHING) {
      return 0;
    }
    float[] means = scratch.chunk(0);
    float[] r = scratch.chunk(1);
    float[] s = scratch.chunk(2);
    float[] derivative = scratch.chunk(3);
    float[] terms = scratch.chunk(4);
    System.arraycopy(location, from, means, 0, count);
    rho.read(from, count, r, 0);
    PosteriorLoops.sigma(r, s, derivative, count);
    System.arraycopy(s, 0, sigma, from, count);
    System.arraycopy(derivative, 0, slope, from, count);
    if (sampling == Sampling.OUTPUTS) {
      for (int i = 0; i < count; i++) {
        variance[from + i] = s[i] * s[i];
      }
    } else {
      scratch.noise().shared(noise, element + from, count, eps, from, scratch.chunk(5));
      for (int i = 0; i < count; i++) {
        location[from + i] = Math.fma(s[i], eps[from + i], means[i]);
      }
    }
    double precision = 1 / (prior.sigma() * prior.sigma());
    PosteriorLoops.divergence(
        means, r, s, (float) prior.mu(), (float) (0.5 * precision), terms, count);
    return PosteriorLoops.sum(terms, count) + count * (Math.log(prior.sigma()) - 0.5);
  }

  /**
   * Takes in one sample's gradient of the loss by location and variance, in {@code [from, to)}.
   *
   * @param isFirst whether it is the first sample of the step
   */
  void add(float[] byLocation, float[] byVariance, int from, int to, boolean isFirst) {
    if (isFirst) {
      System.arraycopy(byLocation, from, muGradient, from, to - from);
    } else {
      for (int i = from; i < to; i++) {
        muGradient[i] += byLocation[i];
      }
    }
    if (sampling == Sampling.NOTHING) {
      return;
    }
    if (isFirst) {
      java.util.Arrays.fill(sigmaGradient, from, to, 0);
    }
    if (sampling == Sampling.WEIGHTS) {
      for (int i = from; i < to; i++) {
        sigmaGradient[i] += byLocation[i] * eps[i];
      }
    } else {
      for (int i = from; i < to; i++) {
        sigmaGradient[i] += 2 * sigma[i] * byVariance[i];
      }
    }
  }

  /**
   * Adds the gradient of beta KL, {@code beta (mu - mu_p) / sigma_p^2} by mu and {@code beta (sigma
   * / sigma_p^2 - 1 / sigma)} by sigma, and hands the gradients to the parameters.
   */
  void finish(int from, int to, double beta, Scratch scratch) {
    if (sampling == Sampling.NOTHING) {
      mu.writeGradient(from, to - from, muGradient, from);
      return;
    }
    float[] means = scratch.chunk(0);
    float weight = (float) beta;
    float factor = (float) (beta / (prior.sigma() * prior.sigma()));
    float priorMu = (float) prior.mu();
    for (int start = from; start < to; start += Scratch.CHUNK) {
      int count = Math.min(to - start, Scratch.CHUNK);
      mu.read(start, count, means, 0);
      for (int i = 0; i < count; i++) {
        muGradient[start + i] += factor * (means[i] - priorMu);
      }
      for (int i = start; i < start + count; i++) {
        sigmaGradient[i] = (sigmaGradient[i] + (factor * sigma[i] - weight / sigma[i])) * slope[i];
      }
    }
    mu.writeGradient(from, to - from, muGradient, from);
    rho.writeGradient(from, to - from, sigmaGradient, from);
  }
}
