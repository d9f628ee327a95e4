package io.github.posteriori.likelihood;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;

/**
 * p(y | x, w): how a network's outputs are turned into a probability of what was observed. It owns
 * the loss and its gradient, the score that is reported, and what a validation measures.
 */
public sealed interface Likelihood permits Categorical {

  /** Classes by softmax over the logits. */
  static Likelihood categorical() {
    return new Categorical();
  }

  /**
   * Refuses a set whose targets it cannot explain with so many outputs.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  void requireFit(Dataset dataset, int outputs);

  /**
   * Negative log-likelihood of one observation, averaged over posterior samples inside the
   * logarithm, and its gradient.
   *
   * @param logits for each of S samples, {@code [count, outputs]} row-major
   * @param row where the observation's logits start
   * @param target what was observed
   * @param scale by which the gradient is multiplied
   * @param gradients by the logits; only the observation's row is written
   * @return {@code -ln (1/S sum_s p_s(y))} in nats
   */
  double negativeLogLikelihood(
      float[][] logits, int row, Target target, double scale, float[][] gradients);

  /** What one observation adds to the score. */
  double score(float[][] logits, int row, Target target);

  /** The score of so many observations that add up to {@code sum}. */
  Score score(double sum, int observations);

  /** Begins a validation of a network with so many outputs, by so many posterior samples. */
  Assessment assess(int outputs, int samples);

  /**
   * One observation among those of a batch.
   *
   * @param targets of the batch
   * @param index of the observation in it
   * @param outputs of the network
   */
  record Target(Targets targets, int index, int outputs) {}
}
