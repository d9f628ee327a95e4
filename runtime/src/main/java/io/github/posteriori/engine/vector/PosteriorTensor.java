package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.PosteriorLoops;
import io.github.posteriori.layers.GaussianPrior;
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
  private final ParameterWindow mu;
  private final ParameterWindow rho;
  private final GaussianPrior prior;
  private final Sampling sampling;

  /** Of weights that are drawn: what {@link Use#REUSE_SIGMA} finds. */
  private final float[] sigma;

  /** Of weights that are drawn: their noise. */
  private final float[] eps;

  private float[] muGradient;
  private float[] sigmaGradient;

  /** What of a posterior is sampled. */
  enum Sampling {
    /** Nothing: the means are the weights. */
    NOTHING,
    /** The weights. */
    WEIGHTS,
    /** What they do to an input. */
    OUTPUTS
  }

  /** What weights are prepared for. */
  enum Use {
    /** For a pass after which they get gradients, and for their KL divergence. */
    GRADIENTS,
    /** For a pass. */
    PASS,
    /** For a pass after a {@link #PASS}, since which the posterior has not changed. */
    REUSE_SIGMA
  }

  PosteriorTensor(Weight weight, Sampling sampling) {
    Posterior posterior = weight instanceof Posterior p ? p : null;
    this.mu =
        new ParameterWindow(posterior == null ? ((PointWeight) weight).weight() : posterior.mu());
    this.sampling = posterior == null ? Sampling.NOTHING : sampling;
    boolean sampled = this.sampling != Sampling.NOTHING;
    this.rho = sampled ? new ParameterWindow(posterior.rho()) : null;
    this.prior = sampled ? posterior.prior() : null;
    int size = mu.size();
    boolean drawn = this.sampling == Sampling.WEIGHTS;
    this.sigma = drawn ? new float[size] : null;
    this.eps = drawn ? new float[size] : null;
  }

  int size() {
    return mu.size();
  }

  /**
   * Reads the weights in {@code [from, to)}, and draws them where they are sampled. Their locations
   * and, where outputs are sampled, their variances are left in {@code scratch}.
   *
   * @param noise of the layer
   * @param element of the noise that belongs to the first of all these weights
   * @return their KL divergence, in nats, for {@link Use#GRADIENTS}; else 0
   */
  double prepare(int from, int to, Use use, Noise noise, int element, Scratch scratch) {
    scratch.reserve(to - from);
    mu.read(from, to - from, scratch.location(), 0);
    double kl = 0;
    for (int start = from; sampling != Sampling.NOTHING && start < to; start += Scratch.CHUNK) {
      int count = Math.min(to - start, Scratch.CHUNK);
      int at = start - from;
      readSigma(start, count, use, scratch);
      if (use == Use.GRADIENTS) {
        kl += divergence(count, at, scratch);
      }
      if (sampling == Sampling.OUTPUTS) {
        square(scratch.sigma(), scratch.variance(), at, count);
      } else {
        draw(start, count, at, noise, element, scratch);
      }
    }
    return kl;
  }

  /** Leaves sigma in the scratch, and unless it was known rho. */
  private void readSigma(int from, int count, Use use, Scratch scratch) {
    float[] s = scratch.sigma();
    if (use == Use.REUSE_SIGMA && sigma != null) {
      System.arraycopy(sigma, from, s, 0, count);
      return;
    }
    rho.read(from, count, scratch.rho(), 0);
    PosteriorLoops.sigma(scratch.rho(), s, false, scratch.slope(), count);
    if (use == Use.PASS && sigma != null) {
      System.arraycopy(s, 0, sigma, from, count);
    }
  }

  /**
   * Sums up the KL divergence of weights whose rho and sigma are in {@code scratch}, their means in
   * its location from {@code at} on.
   */
  private double divergence(int count, int at, Scratch scratch) {
    float[] means = scratch.mu();
    float[] terms = scratch.divergence();
    System.arraycopy(scratch.location(), at, means, 0, count);
    double precision = 1 / (prior.sigma() * prior.sigma());
    PosteriorLoops.divergence(
        means,
        scratch.rho(),
        scratch.sigma(),
        (float) prior.mu(),
        (float) (0.5 * precision),
        terms,
        count);
    return PosteriorLoops.sum(terms, count) + count * (Math.log(prior.sigma()) - 0.5);
  }

  /** {@code mu + sigma eps}, in place of mu. */
  private void draw(int from, int count, int at, Noise noise, int element, Scratch scratch) {
    scratch.noise().shared(noise, element + from, count, eps, from, scratch.workspace());
    float[] location = scratch.location();
    float[] s = scratch.sigma();
    for (int i = 0; i < count; i++) {
      location[at + i] = Math.fma(s[i], eps[from + i], location[at + i]);
    }
  }

  private static void square(float[] s, float[] variance, int at, int count) {
    for (int i = 0; i < count; i++) {
      variance[at + i] = s[i] * s[i];
    }
  }

  /**
   * Takes in one sample's gradient of the loss by location and variance, in {@code [from, to)}.
   * With the last sample it adds the gradient of beta KL, {@code beta (mu - mu_p) / sigma_p^2} by
   * mu and {@code beta (sigma / sigma_p^2 - 1 / sigma)} by sigma, and hands on the sums.
   *
   * @param byLocation beginning with that of weight {@code from}, as {@code byVariance}
   * @param which of the step's samples it is
   * @param recipient of the sums
   */
  void finish(
      float[] byLocation,
      float[] byVariance,
      int from,
      int to,
      Samples which,
      double beta,
      GradientSink recipient,
      Scratch scratch) {
    if (!which.isOnly() && muGradient == null) {
      throw new IllegalStateException("room for the sums of several samples was not reserved");
    }
    for (int start = from; start < to; start += Scratch.CHUNK) {
      int count = Math.min(to - start, Scratch.CHUNK);
      float[] gradient = scratch.gradient();
      int at = start - from;
      System.arraycopy(byLocation, at, gradient, 0, count);
      gather(muGradient, start, gradient, count, which);
      if (which.isLast()) {
        handMu(start, count, gradient, beta, recipient, scratch);
      }
      if (sampling != Sampling.NOTHING) {
        if (which.isLast() || sampling == Sampling.OUTPUTS) {
          rho.read(start, count, scratch.rho(), 0);
          PosteriorLoops.sigma(
              scratch.rho(), scratch.sigma(), which.isLast(), scratch.slope(), count);
        }
        if (sampling == Sampling.WEIGHTS) {
          bySigma(byLocation, at, eps, start, 1, gradient, count);
        } else {
          bySigma(byVariance, at, scratch.sigma(), 0, 2, gradient, count);
        }
        gather(sigmaGradient, start, gradient, count, which);
        if (which.isLast()) {
          handRho(start, count, gradient, beta, recipient, scratch);
        }
      }
    }
  }

  /** The gradient by sigma, by the chain rule: of {@code mu + sigma eps}, or of sigma^2. */
  private static void bySigma(
      float[] outer, int at, float[] inner, int from, float factor, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      gradient[i] = factor * inner[from + i] * outer[at + i];
    }
  }

  /** Adds earlier samples to {@code gradient}, or keeps it for later ones. */
  private static void gather(float[] sums, int from, float[] gradient, int count, Samples which) {
    if (!which.isFirst()) {
      for (int i = 0; i < count; i++) {
        gradient[i] += sums[from + i];
      }
    }
    if (!which.isLast()) {
      System.arraycopy(gradient, 0, sums, from, count);
    }
  }

  private void handMu(
      int from, int count, float[] gradient, double beta, GradientSink recipient, Scratch scratch) {
    if (sampling != Sampling.NOTHING) {
      float[] means = scratch.mu();
      mu.read(from, count, means, 0);
      float factor = (float) (beta / (prior.sigma() * prior.sigma()));
      float priorMu = (float) prior.mu();
      for (int i = 0; i < count; i++) {
        gradient[i] += factor * (means[i] - priorMu);
      }
    }
    recipient.take(mu, from, count, gradient, scratch.workspace());
  }

  /** Hands on the gradient by rho, with sigma and its slope in {@code scratch}. */
  private void handRho(
      int from, int count, float[] gradient, double beta, GradientSink recipient, Scratch scratch) {
    float weight = (float) beta;
    float factor = (float) (beta / (prior.sigma() * prior.sigma()));
    float[] sigmas = scratch.sigma();
    float[] slopes = scratch.slope();
    for (int i = 0; i < count; i++) {
      float s = sigmas[i];
      gradient[i] = (gradient[i] + (factor * s - weight / s)) * slopes[i];
    }
    recipient.take(rho, from, count, gradient, scratch.workspace());
  }

  /** Makes room for the sums of several samples. */
  void reserveSums() {
    if (muGradient == null) {
      muGradient = new float[size()];
      sigmaGradient = sampling == Sampling.NOTHING ? null : new float[size()];
    }
  }

  /** Which of a step's posterior samples one is. */
  record Samples(boolean isFirst, boolean isLast) {
    boolean isOnly() {
      return isFirst && isLast;
    }
  }
}
