package io.github.posteriori;

import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.uncertainty.Metrics;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.Softmax;

/**
 * Measures a module on a labelled set, with probabilities averaged over posterior samples.
 *
 * @param module what is measured
 * @param samples posterior samples, at least 1
 * @param batch images that are run together, at least 1; it does not change the result beyond
 *     rounding
 */
public record Evaluator(BayesModule module, int samples, int batch) {

  public Evaluator {
    if (samples < 1) {
      throw new IllegalArgumentException("samples is " + samples + ", expected at least 1");
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + ", expected at least 1");
    }
  }

  /**
   * Measures all images of {@code dataset}.
   *
   * @throws IllegalArgumentException when the set's images or classes do not fit the module
   * @throws IllegalStateException when the module ends in an image, which has no classes
   */
  public Metrics evaluate(Dataset dataset) {
    requireFit(module, dataset);
    int classes = module.classes();
    MetricsCollector metrics = new MetricsCollector();
    try (Batches batches = Batches.of(dataset, batch)) {
      while (batches.hasNext()) {
        Batch next = batches.next();
        double[] probabilities = probabilities(next, classes);
        for (int i = 0; i < next.count(); i++) {
          metrics.add(probabilities, i * classes, classes, next.labels()[i]);
        }
      }
    }
    return metrics.metrics();
  }

  private double[] probabilities(Batch images, int classes) {
    double[] mean = new double[images.count() * classes];
    for (int t = 0; t < samples; t++) {
      NoiseKey noise =
          NoiseKey.evaluation(module.options().seed(), t).withFirstImage(images.first());
      double[] sample =
          Softmax.of(
              module.engine().forward(module.network(), images.images(), images.count(), noise),
              classes);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sample[i] / samples;
      }
    }
    return mean;
  }

  /** Refuses a set whose images or classes the module cannot take. */
  static void requireFit(BayesModule module, Dataset dataset) {
    boolean flattened =
        module.inputShape() instanceof Shape.Features features
            && features.count() == dataset.shape().size();
    if (!dataset.shape().equals(module.inputShape()) && !flattened) {
      throw new IllegalArgumentException(
          "the images of "
              + dataset.name()
              + " are "
              + dataset.shape()
              + ", expected "
              + module.inputShape()
              + ": create the module for this set's channels and size");
    }
    if (dataset.classes() > module.classes()) {
      throw new IllegalArgumentException(
          dataset.name()
              + " has "
              + dataset.classes()
              + " classes, expected at most "
              + module.classes()
              + ", the outputs of the module: create the module for this set's classes");
    }
  }
}
