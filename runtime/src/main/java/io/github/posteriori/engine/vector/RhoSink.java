package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Parameter;

/**
 * A sink for optimisers that move rho, where sigma = softplus(rho). To the gradient of the
 * objective it adds that of beta KL, and carries what is by sigma on to rho: {@code d rho = d sigma
 * * sigmoid(rho)}.
 */
abstract class RhoSink implements GradientSink {
  private final double beta;

  /** A sink of gradients with {@code beta} times the KL divergence. */
  RhoSink(double beta) {
    this.beta = beta;
  }

  /**
   * Takes the gradient of the loss by {@code count} numbers of a parameter from {@code from} on.
   *
   * @param workspace of as many numbers, which may be changed
   */
  abstract void take(Parameter parameter, int from, int count, float[] gradient, float[] workspace);

  @Override
  public final void take(PosteriorTensor tensor, int from, int count, Scratch scratch) {
    if (tensor.isSampled()) {
      tensor.mu().read(from, count, scratch.mu(), 0);
      tensor.divergence().addGradients(beta, tensor.eps(), from, count, scratch);
    }
    take(tensor.mu(), from, count, scratch.byLocation(), scratch.workspace());
    if (tensor.isSampled()) {
      turnToRho(count, scratch);
      take(tensor.rho(), from, count, scratch.bySigma(), scratch.workspace());
    }
  }

  private static void turnToRho(int count, Scratch scratch) {
    float[] gradient = scratch.bySigma();
    float[] slopes = scratch.slope();
    for (int i = 0; i < count; i++) {
      gradient[i] *= slopes[i];
    }
  }
}
