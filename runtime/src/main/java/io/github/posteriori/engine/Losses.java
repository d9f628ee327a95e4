package io.github.posteriori.engine;

/**
 * The loss of a training pass, in nats.
 *
 * @param objective what the objective returned, summed over the batch
 * @param kl KL(q || p)
 */
public record Losses(double objective, double kl) {

  /** {@code objective + beta * KL}, in nats. */
  public double loss(double beta) {
    return objective + beta * kl;
  }
}
