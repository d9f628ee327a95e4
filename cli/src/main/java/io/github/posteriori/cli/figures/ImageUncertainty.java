package io.github.posteriori.cli.figures;

import io.github.posteriori.Prediction;
import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.data.Batch;
import io.github.posteriori.uncertainty.Normalisation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Prediction of a network for one image.
 *
 * @param index of the image in its set
 * @param label of the image, a class of its own set
 * @param predicted the most probable class
 * @param probabilities of the classes, by softmax
 * @param entropy of the averaged probabilities by softmax, in nats
 * @param mutualInformation between class and weights by softmax, in nats
 * @param decompositions under each normalisation
 * @param set the classes of which the network promises that the true one is among them; empty
 *     unless it is calibrated
 */
public record ImageUncertainty(
    int index,
    int label,
    int predicted,
    double[] probabilities,
    double entropy,
    double mutualInformation,
    Map<Normalisation, Decomposition> decompositions,
    Optional<int[]> set) {

  /** The probability of the most probable class, by softmax. */
  public double probability() {
    return probabilities[predicted];
  }

  /** Tells whether the most probable class is the label, for a set of the network's own classes. */
  public boolean right() {
    return predicted == label;
  }

  /**
   * Describes the images of a batch, in their order.
   *
   * @param sets that a calibrated network promises
   */
  public static List<ImageUncertainty> of(
      Batch batch, Map<Normalisation, Prediction> predictions, Optional<ConformalSets> sets) {
    Prediction softmax = predictions.get(Normalisation.SOFTMAX);
    int[] predicted = softmax.classes();
    double[][] probabilities = softmax.probabilities().toDoubleMatrix();
    Map<Normalisation, double[][]> epistemic =
        Normalisation.each(n -> predictions.get(n).epistemic().toDoubleMatrix());
    Map<Normalisation, double[][]> aleatoric =
        Normalisation.each(n -> predictions.get(n).aleatoric().toDoubleMatrix());
    int size = batch.images().length / batch.count();
    return IntStream.range(0, batch.count())
        .mapToObj(
            i ->
                new ImageUncertainty(
                    batch.first() + i,
                    batch.labels()[i],
                    predicted[i],
                    probabilities[i],
                    softmax.entropy().getDouble(i),
                    softmax.mutualInformation().getDouble(i),
                    Normalisation.each(
                        n -> new Decomposition(epistemic.get(n)[i], aleatoric.get(n)[i])),
                    sets.map(
                        by ->
                            by.classes(
                                probabilities[i],
                                ConformalSets.uniform(batch.images(), i * size, size)))))
        .toList();
  }
}
