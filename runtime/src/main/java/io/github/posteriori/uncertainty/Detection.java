package io.github.posteriori.uncertainty;

/**
 * The quality of a score as a detector of images outside the training distribution. Outside is the
 * positive class: an image from outside above a threshold is a true positive, one from inside a
 * false positive.
 *
 * @param auroc the probability that a random image from outside scores higher than a random one
 *     from inside; see {@link Auroc}
 * @param aupr average precision, {@code sum_k (R_k - R_{k-1}) P_k} over thresholds from the highest
 *     down, with recall R and precision P; equal scores share a threshold, and chance is the share
 *     of the outside among all images. Source: Davis and Goadrich 2006; Hendrycks and Gimpel 2017,
 *     arXiv 1610.02136
 * @param fpr95 false positive rate at the highest threshold with a true positive rate of at least
 *     95 %; lower is better. Source: Hendrycks et al. 2019, arXiv 1812.04606
 */
public record Detection(double auroc, double aupr, double fpr95) {

  /**
   * Measures a detector by its scores, which are meant to be higher for images from outside.
   *
   * @param inside scores of images like those of the training set, at least one
   * @param outside scores of other images, at least one
   * @throws IllegalArgumentException when there are no scores on one side, or one is NaN
   * @throws NullPointerException when an argument is null
   */
  public static Detection of(double[] inside, double[] outside) {
    Roc roc = Roc.of(inside, outside);
    return new Detection(roc.area(), roc.averagePrecision(), roc.falsePositiveRateAt(95));
  }
}
