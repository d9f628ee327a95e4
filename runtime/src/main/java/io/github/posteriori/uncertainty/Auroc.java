package io.github.posteriori.uncertainty;

import java.util.Arrays;
import java.util.Objects;

/**
 * The area under the receiver operating characteristic: how well a score, such as predictive
 * entropy, tells images outside the training distribution from those inside.
 */
public final class Auroc {
  private Auroc() {}

  /**
   * The probability that a random image from outside scores higher than a random one from inside;
   * equal scores count half. 0.5 is chance, 1 a perfect separation. Source: Mann and Whitney 1947;
   * Fawcett 2006, "An introduction to ROC analysis".
   *
   * @param inside scores of images like those the network learned from, at least one
   * @param outside scores of other images, at least one
   * @throws IllegalArgumentException when there are no scores on one side, or one is NaN
   * @throws NullPointerException when an argument is null
   */
  public static double of(double[] inside, double[] outside) {
    double[] in = sorted("inside", inside);
    double[] out = sorted("outside", outside);
    // Twice the number of pairs in which the outside scores higher, so that halves stay whole.
    long twice = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : out) {
      while (below < in.length && in[below] < score) {
        below++;
      }
      while (notAbove < in.length && in[notAbove] <= score) {
        notAbove++;
      }
      twice += below + notAbove;
    }
    return twice / (2.0 * in.length * out.length);
  }

  private static double[] sorted(String side, double[] scores) {
    Objects.requireNonNull(scores, () -> side + " is null, expected scores");
    double[] sorted = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            side + " has NaN at position " + i + ", expected numbers that can be ordered");
      }
      // 0.0 and -0.0 are one score; sorting would tell them apart.
      sorted[i] = scores[i] + 0.0;
    }
    if (sorted.length == 0) {
      throw new IllegalArgumentException(side + " has no scores, expected at least one");
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
