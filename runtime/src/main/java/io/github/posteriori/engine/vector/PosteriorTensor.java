package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.PosteriorLoops;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.layers.WeightPrior;
import io.github.posteriori.noise.Noise;
import java.util.Optional;

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
  private final Parameter mu;
  private final Parameter rho;
  private final WeightPrior prior;
  private final Divergence divergence;
  private final Sampling sampling;

  /** Of weights that are drawn: what {@link Use#REUSE_SIGMA} finds. */
  private final float[] sigma;

  /** Of weights that are drawn, for a pass or for the estimate of their KL divergence: noise. */
  private final float[] eps;

  /**
   * The KL divergence of each row, in nats. A row is summed alone, so that the sum over all does
   * not depend on how many rows are prepared together.
   */
  private final double[] kl;

  private final int row;

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
    REUSE_SIGMA,
    /** For their KL divergence alone. */
    DIVERGENCE;

    /** Whether the KL divergence is worked out. */
    boolean hasDivergence() {
      return this == GRADIENTS || this == DIVERGENCE;
    }
  }

  /**
   * Reserves the memory.
   *
   * @param row how many weights are always prepared together: a filter of weights, all biases
   */
  PosteriorTensor(Weight weight, Sampling sampling, int row) {
    Optional<Posterior> posterior = weight.posterior();
    boolean sampled = posterior.isPresent() && sampling != Sampling.NOTHING;
    boolean drawn = sampled && sampling == Sampling.WEIGHTS;
    this.sampling = sampled ? sampling : Sampling.NOTHING;
    this.mu = weight.location();
    this.rho = sampled ? posterior.get().rho() : null;
    this.prior = sampled ? posterior.get().prior() : null;
    this.divergence = sampled ? Divergence.of(prior) : null;
    this.row = row;
    this.kl = new double[size() / row];
    this.sigma = drawn ? new float[size()] : null;
    this.eps = drawn || isEstimated() ? new float[size()] : null;
  }

  /** Whether there is a {@link #rho} and a {@link #prior}. */
  boolean isSampled() {
    return sampling != Sampling.NOTHING;
  }

  Parameter mu() {
    return mu;
  }

  Parameter rho() {
    return rho;
  }

  WeightPrior prior() {
    return prior;
  }

  /** That of the posterior from the prior, where there is one. */
  Divergence divergence() {
    return divergence;
  }

  /** Whether the KL divergence is estimated at weights that are drawn. */
  boolean isEstimated() {
    return divergence != null && divergence.isEstimated();
  }

  /** Whether {@code use} draws weights. */
  private boolean draws(Use use) {
    return sampling == Sampling.WEIGHTS && use != Use.DIVERGENCE
        || isEstimated() && use.hasDivergence();
  }

  /** The noise of drawn weights, until others are drawn. */
  float[] eps() {
    return eps;
  }

  /** Sums up the versions of the parameters, which tells whether one of them has changed. */
  long version() {
    return mu.version() + (rho == null ? 0 : rho.version());
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
   */
  void prepare(int from, int to, Use use, Noise noise, int element, Scratch scratch) {
    scratch.reserve(to - from);
    mu.read(from, to - from, scratch.location(), 0);
    int count;
    for (int start = from; sampling != Sampling.NOTHING && start < to; start += count) {
      count = Math.min(to - start, chunk(start));
      int at = start - from;
      readSigma(start, count, use, scratch);
      if (draws(use)) {
        draw(start, count, noise, element, scratch);
      }
      if (use.hasDivergence()) {
        System.arraycopy(scratch.location(), at, scratch.mu(), 0, count);
        addDivergence(start, count, scratch);
      }
      if (use == Use.DIVERGENCE) {
        continue;
      }
      if (sampling == Sampling.OUTPUTS) {
        square(scratch.sigma(), scratch.variance(), at, count);
      } else {
        move(start, count, at, scratch);
      }
    }
  }

  /** Weights from {@code start} on that fit the scratch: whole rows, or a part of one. */
  private int chunk(int start) {
    return row > Scratch.CHUNK
        ? Math.min(Scratch.CHUNK, row - start % row)
        : Scratch.CHUNK / row * row;
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

  /** Sums up the divergence of the weights kept, row by row. */
  private void addDivergence(int from, int count, Scratch scratch) {
    float[] terms = scratch.divergence();
    divergence.terms(eps, from, count, scratch);
    mu.clearPruned(from, count, terms, 0);
    for (int at = 0; at < count; ) {
      int first = from + at;
      int length = Math.min(row - first % row, count - at);
      int kept = mu.mask().map(mask -> mask.kept(first, length)).orElse(length);
      double sum = PosteriorLoops.sum(terms, at, length) + kept * divergence.constant();
      kl[first / row] = first % row == 0 ? sum : kl[first / row] + sum;
      at += length;
    }
  }

  /** The KL divergence, in nats, when all was prepared for a use that has it. */
  double kl() {
    double sum = 0;
    for (double ofRow : kl) {
      sum += ofRow;
    }
    return sum;
  }

  private void draw(int from, int count, Noise noise, int element, Scratch scratch) {
    scratch.noise().sequence(noise, 0, element + from, count, eps, from, scratch.workspace());
  }

  /** {@code mu + sigma eps}, in place of mu. */
  private void move(int from, int count, int at, Scratch scratch) {
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
   * Takes in one sample's gradient of the objective by location and variance, in {@code [from,
   * to)}, and after the last sample hands on the sums. {@code scratch} holds both, beginning with
   * those of weight {@code from}.
   *
   * @param which of the step's samples it is
   */
  void finish(int from, int to, Samples which, GradientSink sink, Scratch scratch) {
    if (!which.isOnly() && muGradient == null) {
      throw new IllegalStateException("room for the sums of several samples was not reserved");
    }
    for (int start = from; start < to; start += Scratch.CHUNK) {
      int count = Math.min(to - start, Scratch.CHUNK);
      int at = start - from;
      System.arraycopy(scratch.location(), at, scratch.byLocation(), 0, count);
      gather(muGradient, start, scratch.byLocation(), count, which);
      if (isSampled()) {
        finishSigma(start, count, at, which, scratch);
      }
      if (which.isLast()) {
        sink.take(this, start, count, scratch);
      }
    }
  }

  private void finishSigma(int start, int count, int at, Samples which, Scratch scratch) {
    float[] gradient = scratch.bySigma();
    if (which.isLast() || sampling == Sampling.OUTPUTS) {
      rho.read(start, count, scratch.rho(), 0);
      PosteriorLoops.sigma(scratch.rho(), scratch.sigma(), which.isLast(), scratch.slope(), count);
    }
    if (sampling == Sampling.WEIGHTS) {
      bySigma(scratch.location(), at, eps, start, 1, gradient, count);
    } else {
      bySigma(scratch.variance(), at, scratch.sigma(), 0, 2, gradient, count);
    }
    gather(sigmaGradient, start, gradient, count, which);
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
