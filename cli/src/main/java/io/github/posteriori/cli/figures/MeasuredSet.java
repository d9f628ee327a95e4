package io.github.posteriori.cli.figures;

import io.github.posteriori.Evaluator;
import io.github.posteriori.Prediction;
import io.github.posteriori.calibration.Calibration;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.OutlierScore;
import io.github.posteriori.uncertainty.SetUncertainty;
import io.github.posteriori.uncertainty.UncertaintyCollector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;

/**
 * Uncertainty of a network on a set: of every image, and on average.
 *
 * @param dataset the set
 * @param images in the order of the set
 * @param means over the images
 * @param scores of each image by softmax, in the order of the set
 */
public record MeasuredSet(
    Dataset dataset,
    List<ImageUncertainty> images,
    Map<Normalisation, SetUncertainty> means,
    Map<OutlierScore, double[]> scores) {

  /**
   * Predicts every image of a set.
   *
   * @param progress hears, after each batch, of how many images it was
   * @throws IllegalArgumentException when the images do not fit the network
   */
  public static MeasuredSet of(Evaluator evaluator, Dataset dataset, IntConsumer progress) {
    List<ImageUncertainty> images = new ArrayList<>();
    Map<Normalisation, UncertaintyCollector> means =
        Normalisation.each(n -> new UncertaintyCollector(evaluator.module().outputShape().size()));
    Map<OutlierScore, double[]> scores = OutlierScore.each(score -> new double[dataset.size()]);
    Optional<ConformalSets> sets =
        evaluator
            .module()
            .calibration()
            .flatMap(Calibration::ofClasses)
            .map(Calibration.OfClasses::sets);
    evaluator.predict(
        dataset,
        (batch, predictions) -> {
          Prediction softmax = predictions.get(Normalisation.SOFTMAX);
          scores.forEach(
              (score, all) ->
                  System.arraycopy(score.of(softmax), 0, all, batch.first(), batch.count()));
          images.addAll(ImageUncertainty.of(batch, predictions, sets));
          predictions.forEach((n, prediction) -> means.get(n).add(prediction));
          progress.accept(batch.count());
        });
    return new MeasuredSet(
        dataset, List.copyOf(images), Normalisation.each(n -> means.get(n).uncertainty()), scores);
  }

  /** The predictive entropy of each image, in nats. */
  public double[] entropies() {
    return images.stream().mapToDouble(ImageUncertainty::entropy).toArray();
  }

  /**
   * Returns the mean number of classes in the sets that the network promises; empty unless it is
   * calibrated.
   */
  public OptionalDouble meanSetSize() {
    return images.stream()
        .flatMap(image -> image.set().stream())
        .mapToInt(set -> set.length)
        .average();
  }

  /**
   * Compares the probabilities with the labels.
   *
   * @throws IllegalArgumentException when the set has more classes than the network
   */
  public MetricsCollector collect() {
    MetricsCollector metrics = new MetricsCollector();
    for (ImageUncertainty image : images) {
      metrics.add(image.probabilities(), 0, image.probabilities().length, image.label());
    }
    return metrics;
  }

  /** The image of median entropy. */
  ImageUncertainty typical() {
    return images.stream()
        .sorted(Comparator.comparingDouble(ImageUncertainty::entropy))
        .toList()
        .get(images.size() / 2);
  }
}
