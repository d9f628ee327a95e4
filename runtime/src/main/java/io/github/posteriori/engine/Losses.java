package io.github.posteriori.engine;

import java.io.Serializable;

/**
 * The loss of a training pass, in nats.
 *
 * @param objective the value of the objective, summed over the batch
 * @param kl KL(q || p)
 */
public record Losses(double objective, double kl) implements Serializable {

  /** Returns {@code objective + beta * KL}, in nats. */
  public double loss(double beta) {
    return objective + beta * kl;
  }
}
