package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.engine.Objective;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code N * mean NLL} of one batch of B images: each counts N / B times. */
final class BatchObjective implements Objective {
  private final Likelihood likelihood;
  private final Batch batch;
  private final double weight;
  private final AtomicInteger right = new AtomicInteger();

  /**
   * The objective of one batch.
   *
   * @param trainingImages N, the size of the training split
   */
  BatchObjective(Likelihood likelihood, Batch batch, int trainingImages) {
    this.likelihood = likelihood;
    this.batch = batch;
    this.weight = (double) trainingImages / batch.count();
  }

  @Override
  public double evaluate(int first, int count, float[][] logits, float[][] gradients) {
    int classes = logits[0].length / count;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      int label = batch.labels()[first + i];
      sum +=
          likelihood.negativeLogLikelihood(logits, i * classes, classes, label, weight, gradients);
      if (likelihood.isRight(logits, i * classes, classes, label)) {
        right.incrementAndGet();
      }
    }
    return weight * sum;
  }

  /** How many images were classified right. */
  int right() {
    return right.get();
  }
}
