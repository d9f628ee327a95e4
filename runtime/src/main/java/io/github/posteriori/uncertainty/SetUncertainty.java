package io.github.posteriori.uncertainty;

import java.util.Arrays;

/**
 * The mean uncertainty of a network over a set of images; see {@link
 * io.github.posteriori.Prediction}.
 *
 * @param images number of images
 * @param epistemic variance that more data would remove, of each class
 * @param aleatoric variance inherent in the data, of each class
 * @param entropy of the averaged probabilities, in nats
 * @param mutualInformation between class and weights, in nats
 */
public record SetUncertainty(
    int images, double[] epistemic, double[] aleatoric, double entropy, double mutualInformation) {

  /**
   * Returns the epistemic uncertainty summed over classes: the trace of its matrix, from 0 to 1.
   */
  public double totalEpistemic() {
    return Arrays.stream(epistemic).sum();
  }

  /**
   * Returns the aleatoric uncertainty summed over classes: the trace of its matrix, from 0 to 1.
   */
  public double totalAleatoric() {
    return Arrays.stream(aleatoric).sum();
  }
}
