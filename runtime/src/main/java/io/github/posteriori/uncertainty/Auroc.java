package io.github.posteriori.uncertainty;

/**
 * The area under the receiver operating characteristic, a measure of how well a score, such as
 * predictive entropy, separates images outside the training distribution from those inside.
 */
public final class Auroc {
  private Auroc() {}

  /**
   * Returns the probability that a random image from outside scores higher than a random one from
   * inside; equal scores count half. 0.5 is chance, 1 a perfect separation. Source: Mann and
   * Whitney 1947; Fawcett 2006, "An introduction to ROC analysis".
   *
   * @param inside scores of images like those of the training set, at least one
   * @param outside scores of other images, at least one
   * @throws IllegalArgumentException when there are no scores on one side, or one is NaN
   * @throws NullPointerException when an argument is null
   */
  public static double of(double[] inside, double[] outside) {
    return Roc.of(inside, outside).area();
  }
}
