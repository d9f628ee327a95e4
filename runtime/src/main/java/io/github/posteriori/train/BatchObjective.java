package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Objective;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.Likelihood.Target;

/** The objective {@code N * mean NLL} of one batch of B images, each weighted by N / B. */
final class BatchObjective implements Objective {
  private final Likelihood likelihood;
  private final Batch batch;
  private final double weight;

  /** The score of each image, kept so that the sum does not depend on the order of threads. */
  private final double[] scores;

  /** What the likelihood learns from each image, kept likewise. */
  private final double[][] statistics;

  /**
   * Creates the objective of some images of a batch.
   *
   * @param weight N / B, where N is the size of the training split and B that of the whole batch
   */
  BatchObjective(Likelihood likelihood, Batch batch, double weight) {
    this.likelihood = likelihood;
    this.batch = batch;
    this.weight = weight;
    this.scores = new double[batch.count()];
    this.statistics = new double[batch.count()][];
  }

  @Override
  public double evaluate(int first, int count, float[][] logits, float[][] gradients) {
    int outputs = logits[0].length / count;
    double sum = 0;
    boolean learns = likelihood.statistics(outputs) > 0;
    for (int i = 0; i < count; i++) {
      Target target = new Target(batch.targets(), first + i, outputs);
      sum += likelihood.negativeLogLikelihood(logits, i * outputs, target, weight, gradients);
      scores[first + i] = likelihood.score(logits, i * outputs, target);
      if (learns) {
        statistics[first + i] = likelihood.observe(logits, i * outputs, target);
      }
    }
    return weight * sum;
  }

  /** Adds what the likelihood learns from the images to {@code sums}, from {@code at} on. */
  void addStatistics(double[] sums, int at) {
    for (double[] own : statistics) {
      for (int k = 0; k < sums.length - at; k++) {
        sums[at + k] += own[k];
      }
    }
  }

  /** Returns the contribution of the images to the score. */
  double score() {
    double sum = 0;
    for (double score : scores) {
      sum += score;
    }
    return sum;
  }
}
