package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Parameter;

/** What becomes of the gradients of a training pass. */
interface GradientSink {

  /**
   * Called once before any gradient is taken.
   *
   * @param loss of the pass, in nats
   * @return whether gradients are wanted
   */
  boolean begin(double loss);

  /**
   * Takes the gradients of the objective by {@code count} weights of a tensor from {@code from} on,
   * without those of the KL divergence and before the chain rule: by their locations in {@link
   * Scratch#byLocation()} and, where they are sampled, by their deviations in {@link
   * Scratch#bySigma()}, beside {@link Scratch#sigma()} and {@link Scratch#slope()}. Several threads
   * bring theirs at a time, each of other weights.
   */
  void take(PosteriorTensor tensor, int from, int count, Scratch scratch);

  /** Takes the gradient that a parameter holds already, when all others were taken. */
  void takeHeld(Parameter parameter, Workers workers);
}
