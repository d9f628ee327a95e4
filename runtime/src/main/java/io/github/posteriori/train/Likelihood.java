package io.github.posteriori.train;

import io.github.posteriori.uncertainty.Softmax;

/** p(y | x, w): how a network's outputs are turned into a probability of what was observed. */
public sealed interface Likelihood {

  /** Classes by softmax over the logits. */
  static Likelihood categorical() {
    return new Categorical();
  }

  /**
   * Negative log-likelihood of one observation, averaged over posterior samples inside the
   * logarithm, and its gradient.
   *
   * @param logits for each of S samples, {@code [count, classes]} row-major
   * @param row where the observation's logits start
   * @param classes how many there are
   * @param label what was observed
   * @param scale by which the gradient is multiplied
   * @param gradients by the logits; only the observation's row is written
   * @return {@code -ln (1/S sum_s p_s(label))} in nats
   */
  double negativeLogLikelihood(
      float[][] logits, int row, int classes, int label, double scale, float[][] gradients);

  /** Whether the most probable outcome, averaged over samples, is {@code label}. */
  boolean isRight(float[][] logits, int row, int classes, int label);

  /**
   * {@code p_s = softmax(z_s)}. With S samples, {@code L = -ln (1/S sum_s p_s(y))} has the gradient
   * {@code dL/dz_s = r_s (p_s - onehot(y))} where {@code r_s = p_s(y) / sum_s' p_s'(y)}.
   */
  record Categorical() implements Likelihood {
    @Override
    public double negativeLogLikelihood(
        float[][] logits, int row, int classes, int label, double scale, float[][] gradients) {
      int samples = logits.length;
      if (samples == 1) {
        return ofOneSample(logits[0], row, classes, label, scale, gradients[0]);
      }
      double[] logSums = new double[samples];
      double[] logLikelihoods = new double[samples];
      double largest = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < samples; s++) {
        logSums[s] = Softmax.logSumExp(logits[s], row, classes);
        logLikelihoods[s] = logits[s][row + label] - logSums[s];
        largest = Math.max(largest, logLikelihoods[s]);
      }
      double sum = 0;
      for (double logLikelihood : logLikelihoods) {
        sum += Math.exp(logLikelihood - largest);
      }
      for (int s = 0; s < samples; s++) {
        double responsibility = Math.exp(logLikelihoods[s] - largest) / sum;
        for (int k = 0; k < classes; k++) {
          double probability = Math.exp(logits[s][row + k] - logSums[s]);
          gradients[s][row + k] =
              (float) (scale * responsibility * (probability - (k == label ? 1 : 0)));
        }
      }
      return Math.log(samples) - largest - Math.log(sum);
    }

    /** As above, without arrays. */
    private static double ofOneSample(
        float[] logits, int row, int classes, int label, double scale, float[] gradients) {
      double logSum = Softmax.logSumExp(logits, row, classes);
      for (int k = 0; k < classes; k++) {
        double probability = Math.exp(logits[row + k] - logSum);
        gradients[row + k] = (float) (scale * (probability - (k == label ? 1 : 0)));
      }
      return logSum - logits[row + label];
    }

    @Override
    public boolean isRight(float[][] logits, int row, int classes, int label) {
      if (logits.length == 1) {
        for (int k = 0; k < classes; k++) {
          if (logits[0][row + k] > logits[0][row + label]) {
            return false;
          }
        }
        return true;
      }
      double[] probabilities = new double[classes];
      for (float[] sample : logits) {
        double logSum = Softmax.logSumExp(sample, row, classes);
        for (int k = 0; k < classes; k++) {
          probabilities[k] += Math.exp(sample[row + k] - logSum);
        }
      }
      for (double probability : probabilities) {
        if (probability > probabilities[label]) {
          return false;
        }
      }
      return true;
    }
  }
}
