package io.github.posteriori.engine;

/** The part of the loss that depends on the logits, for one batch. */
@FunctionalInterface
public interface Objective {

  /**
   * Computes the share of some images of the batch in the objective, and its gradient.
   *
   * @param first position of the first image in the batch
   * @param count number of images
   * @param logits the logits of each posterior sample, {@code [count, classes]} row-major
   * @param gradients with respect to the logits, of the same shapes; overwritten
   * @return the share of the objective, in nats
   */
  double evaluate(int first, int count, float[][] logits, float[][] gradients);
}
