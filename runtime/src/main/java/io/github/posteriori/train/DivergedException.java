package io.github.posteriori.train;

/** The loss is not a finite number any more. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DivergedException(String when, String found) {
    super(
        "the loss is not finite "
            + when
            + " ("
            + found
            + "): lower the learning rate, or check the images for values far outside 0..1");
  }

  static DivergedException atStep(long step, double objective, double kl) {
    return new DivergedException("at step " + step, "N * NLL = " + objective + ", KL = " + kl);
  }

  /** After the last step of an epoch, from 1. */
  public static DivergedException afterEpoch(int epoch, double nll, double kl) {
    return new DivergedException(
        "after epoch " + epoch, "validation NLL = " + nll + ", KL = " + kl);
  }
}
