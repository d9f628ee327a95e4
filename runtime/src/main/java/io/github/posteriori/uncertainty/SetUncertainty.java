package io.github.posteriori.uncertainty;

import java.util.Arrays;

/**
 * How uncertain a network is of a set of images: the means of what {@link
 * io.github.posteriori.Prediction} says of each.
 *
 * @param images how many there are
 * @param epistemic variance that more data would remove, of each class
 * @param aleatoric variance that lies in the data, of each class
 * @param entropy of the averaged probabilities, in nats
 * @param mutualInformation between class and weights, in nats
 */
public record SetUncertainty(
    int images, double[] epistemic, double[] aleatoric, double entropy, double mutualInformation) {

  /** The epistemic uncertainty summed over classes: the trace of its matrix, from 0 to 1. */
  public double totalEpistemic() {
    return Arrays.stream(epistemic).sum();
  }

  /** The aleatoric uncertainty summed over classes: the trace of its matrix, from 0 to 1. */
  public double totalAleatoric() {
    return Arrays.stream(aleatoric).sum();
  }
}
