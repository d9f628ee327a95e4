package io.github.posteriori.likelihood;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The likelihood p(y | x, w): how a network's outputs give the probability of the targets. It
 * defines the loss and its gradient, the reported score, and the validation.
 */
public sealed interface Likelihood permits Categorical {

  /** Returns the likelihood of classes by softmax over the logits. */
  static Likelihood categorical() {
    return new Categorical(List.of());
  }

  /**
   * Returns this likelihood with a weight for each observation, inversely proportional to the
   * frequency of its class in a training set. Their mean over that set is 1, so that N times the
   * mean loss keeps its scale beside the KL divergence. Scores stay unweighted.
   *
   * @throws IllegalArgumentException when the set is empty, or a label is no class
   */
  Likelihood balanced(Dataset train);

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
   * the logarithm and multiplied by its weight, and its gradient. That of mixed targets is the sum
   * of both, each multiplied by its share.
   *
   * @param logits the logits of each of S samples, {@code [count, outputs]} row-major
   * @param row start of the observation's logits
   * @param target the observation
   * @param scale factor of the gradient
   * @param gradients with respect to the logits; only the observation's row is written
   * @return {@code -w(y) ln (1/S sum_s p_s(y))} in nats, where w is 1 unless classes are balanced
   * @throws IllegalArgumentException if the target does not fit the outputs
   */
  double negativeLogLikelihood(
      float[][] logits, int row, Target target, double scale, float[][] gradients);

  /**
   * Returns the contribution of one observation to the score; of mixed targets that of each by its
   * share.
   */
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
  record Target(Targets targets, int index, int outputs) {

    /** Returns the observation at the same position of other targets. */
    Target of(Targets others) {
      return new Target(others, index, outputs);
    }
  }
}
