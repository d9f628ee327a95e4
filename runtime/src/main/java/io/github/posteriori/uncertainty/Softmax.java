package io.github.posteriori.uncertainty;

/** Softmax without overflow, {@code p_k = exp(z_k) / sum exp(z_j)}. */
public final class Softmax {
  private Softmax() {}

  /**
   * Returns the probabilities of every row.
   *
   * @param logits {@code [count, classes]} row-major
   * @return the probabilities, of the same shape
   */
  static double[] of(double[] logits, int classes) {
    double[] probabilities = new double[logits.length];
    for (int row = 0; row < logits.length; row += classes) {
      double max = Double.NEGATIVE_INFINITY;
      for (int k = row; k < row + classes; k++) {
        max = Math.max(max, logits[k]);
      }
      double sum = 0;
      for (int k = row; k < row + classes; k++) {
        probabilities[k] = Math.exp(logits[k] - max);
        sum += probabilities[k];
      }
      // Not by logSumExp, because the logarithm of the sum would be lost beside a large maximum.
      for (int k = row; k < row + classes; k++) {
        probabilities[k] /= sum;
      }
    }
    return probabilities;
  }

  /**
   * Replaces logits by their probabilities, and returns the entropy of these in nats: {@code ln sum
   * exp(z_j) - sum p_k z_k}, of which only one logarithm has to be taken.
   */
  static double entropyOf(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    double weighted = 0;
    for (int k = 0; k < logits.length; k++) {
      double z = logits[k] - max;
      logits[k] = Math.exp(z);
      sum += logits[k];
      weighted += logits[k] * z;
    }
    double share = 1 / sum;
    for (int k = 0; k < logits.length; k++) {
      logits[k] *= share;
    }
    return Math.log(sum) - weighted * share;
  }

  /** Returns {@code ln sum exp(z_j)}. */
  public static double logSumExp(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }

  /** Returns {@code ln sum exp(z_j)} over the row that starts at {@code row}. */
  public static double logSumExp(float[] logits, int row, int classes) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = row; k < row + classes; k++) {
      max = Math.max(max, logits[k]);
    }
    double sum = 0;
    for (int k = row; k < row + classes; k++) {
      sum += Math.exp(logits[k] - max);
    }
    return max + Math.log(sum);
  }
}
