package io.github.posteriori.train;

/** The loss is not a finite number any more. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(long step, double objective, double kl) {
    super(
        "the loss is not finite at step "
            + step
            + " (N * NLL = "
            + objective
            + ", KL = "
            + kl
            + "): lower the learning rate, or check the images for values far outside 0..1");
  }
}
