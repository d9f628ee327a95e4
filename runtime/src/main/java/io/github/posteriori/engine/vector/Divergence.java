package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.GaussianPrior;
import io.github.posteriori.layers.MixturePrior;
import io.github.posteriori.layers.WeightPrior;

/** KL(q || p) of weights, or an estimate of it at drawn weights mu + sigma eps. */
sealed interface Divergence permits GaussianDivergence, MixtureDivergence {

  /** Returns the divergence from a prior. */
  static Divergence of(WeightPrior prior) {
    return prior instanceof MixturePrior mixture
        ? new MixtureDivergence(mixture)
        : new GaussianDivergence((GaussianPrior) prior);
  }

  /** Whether it is estimated. */
  boolean isEstimated();

  /**
   * Leaves the divergence of each of {@code count} weights but for the {@link #constant}, in nats,
   * in {@link Scratch#divergence()}; {@code scratch} holds their mu, rho and sigma.
   *
   * @param eps noise of the draw, that of the first weight at {@code from}; null unless estimated
   */
  void terms(float[] eps, int from, int count, Scratch scratch);

  /** What the divergence of each weight has in common. */
  double constant();

  /**
   * Adds the gradients of {@code beta} times the value to {@link Scratch#byLocation()} and {@link
   * Scratch#bySigma()}; {@code scratch} holds mu and sigma of the weights. Leaves its slope.
   */
  void addGradients(double beta, float[] eps, int from, int count, Scratch scratch);
}
