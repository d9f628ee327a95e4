package io.github.posteriori.likelihood;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import java.util.function.IntFunction;

/**
 * The likelihood p(y | x, w): how a network's outputs give the probability of the targets. It
 * defines the loss and its gradient, the reported score, and the validation.
 */
public sealed interface Likelihood permits Categorical {

  /** Returns the likelihood of classes by softmax over the logits. */
  static Likelihood categorical() {
    return new Categorical();
  }

  /**
   * Checks that all targets of a set fit this likelihood with {@code outputs} outputs.
   *
   * @throws IllegalArgumentException if one does not; it says which
   */
  void requireFit(Dataset dataset, int outputs);

  /**
   * Checks that some targets fit this likelihood with {@code outputs} outputs.
   *
   * @param example names the example of a position for the message
   * @throws IllegalArgumentException if one does not; it says which
   */
  void requireFit(Targets targets, int outputs, IntFunction<String> example);

  /**
   * Computes the negative log-likelihood of one observation, averaged over posterior samples inside
   * the logarithm, and its gradient.
   *
   * @param logits the logits of each of S samples, {@code [count, outputs]} row-major
   * @param row start of the observation's logits
   * @param target the observation
   * @param scale factor of the gradient
   * @param gradients with respect to the logits; only the observation's row is written
   * @return {@code -ln (1/S sum_s p_s(y))} in nats
   * @throws IllegalArgumentException if the target does not fit the outputs
   */
  double negativeLogLikelihood(
      float[][] logits, int row, Target target, double scale, float[][] gradients);

  /** Returns the contribution of one observation to the score. */
  double score(float[][] logits, int row, Target target);

  /** Returns the score of observations whose contributions add up to {@code sum}. */
  Score score(double sum, int observations);

  /**
   * Begins a validation of a network with {@code outputs} outputs and {@code samples} posterior
   * samples.
   */
  Assessment assess(int outputs, int samples);

  /**
   * One observation of a batch.
   *
   * @param targets the targets of the batch
   * @param index position of the observation in the batch
   * @param outputs number of outputs of the network
   */
  record Target(Targets targets, int index, int outputs) {}
}
