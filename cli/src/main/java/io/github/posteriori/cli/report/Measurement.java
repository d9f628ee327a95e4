package io.github.posteriori.cli.report;

import io.github.posteriori.Evaluator;
import io.github.posteriori.Prediction;
import io.github.posteriori.cli.figures.ImageUncertainty;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.Metrics;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.Normalisation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a network says of labelled images, probabilities by softmax.
 *
 * @param dataset the images
 * @param images what it says of each, in the order of the set
 * @param answers its most probable class of each, and how sure it is
 * @param metrics how good its probabilities are
 */
public record Measurement(
    Dataset dataset, List<ImageUncertainty> images, List<Answer> answers, Metrics metrics) {

  /**
   * Predicts every image of a set of the network's own classes.
   *
   * @param progress hears, after each batch, of how many images it was
   * @throws IllegalArgumentException when images or classes do not fit the network
   */
  public static Measurement of(Evaluator evaluator, Dataset dataset, IntConsumer progress) {
    int classes = evaluator.module().outputShape().size();
    if (dataset.classes() > classes) {
      throw new IllegalArgumentException(
          dataset.name()
              + " has "
              + dataset.classes()
              + " classes, expected at most the "
              + classes
              + " of the network: choose the --dataset that it was trained on");
    }
    List<ImageUncertainty> images = new ArrayList<>();
    MetricsCollector metrics = new MetricsCollector();
    evaluator.predict(
        dataset,
        (batch, predictions) -> {
          images.addAll(ImageUncertainty.of(batch, predictions));
          Prediction softmax = predictions.get(Normalisation.SOFTMAX);
          double[] probabilities = softmax.probabilities().data().asDouble();
          for (int i = 0; i < batch.count(); i++) {
            metrics.add(probabilities, i * classes, classes, batch.labels()[i]);
          }
          progress.accept(batch.count());
        });
    return new Measurement(dataset, List.copyOf(images), metrics.answers(), metrics.metrics());
  }

  /** The predictive entropy of each image, in nats. */
  double[] entropies() {
    return images.stream().mapToDouble(ImageUncertainty::entropy).toArray();
  }
}
