package io.github.posteriori.uncertainty;

/**
 * How well a score finds images outside the training distribution among those inside. The outside
 * is what is looked for: a hit is an image from outside above a threshold, an alarm one from
 * inside.
 *
 * @param auroc the probability that a random image from outside scores higher than a random one
 *     from inside, as {@link Auroc} has it
 * @param aupr average precision, {@code sum_k (R_k - R_{k-1}) P_k} over thresholds from the highest
 *     down, where recall R is the share of the outside that is hit and precision P that of hits
 *     among hits and alarms; equal scores are one threshold, so chance is the share of the outside
 *     among all images. Source: Davis and Goadrich 2006; Hendrycks and Gimpel 2017, arXiv
 *     1610.02136
 * @param fpr95 share of the inside that raises an alarm where at least 95 % of the outside are hit,
 *     at the highest such threshold; the less the better. Source: Hendrycks et al. 2019, arXiv
 *     1812.04606
 */
public record Detection(double auroc, double aupr, double fpr95) {

  /**
   * By one score of each image, which is higher the less an image looks like the training set.
   *
   * @param inside scores of images like those the network learned from, at least one
   * @param outside scores of other images, at least one
   * @throws IllegalArgumentException when there are no scores on one side, or one is NaN
   * @throws NullPointerException when an argument is null
   */
  public static Detection of(double[] inside, double[] outside) {
    Roc roc = Roc.of(inside, outside);
    return new Detection(roc.area(), roc.averagePrecision(), roc.alarmsAtHits(95));
  }
}
