package io.github.posteriori.train;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;

/** Thrown when the loss is no longer finite; the message says when, where and what to do. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DivergedException(String when, String loss, Divergence divergence) {
    super(
        "the loss is not finite "
            + when
            + " ("
            + loss
            + "): "
            + divergence.found()
            + "; "
            + divergence.remedy());
  }

  static DivergedException atStep(long step, Losses losses, Divergence divergence) {
    return new DivergedException(
        "at step " + step, "N * NLL = " + losses.objective() + ", KL = " + losses.kl(), divergence);
  }

  /** Creates the exception for a loss after the last step of an epoch, from 1. */
  public static DivergedException afterEpoch(int epoch, double nll, double kl, Network network) {
    return new DivergedException(
        "after epoch " + epoch,
        "validation NLL = " + nll + ", KL = " + kl,
        Divergence.ofWeights(network)
            .orElse(
                new Divergence(
                    "all weights are finite, but too large to compute with",
                    "lower the learning rate")));
  }
}
