package io.github.posteriori;

import io.github.posteriori.calibration.Temperature;
import java.util.Arrays;

/**
 * The logits of labelled examples, draw by draw and without a temperature.
 *
 * @param logits of each example, {@code [draws, classes]} row-major
 * @param labels the true class of each
 * @param uniforms a number from 0 to 1 that belongs to each, see {@link
 *     io.github.posteriori.calibration.ConformalSets#uniform}
 * @param classes number of classes
 */
record DrawnLogits(float[][] logits, int[] labels, double[] uniforms, int classes) {

  /** Returns the probabilities of each example under a temperature. */
  double[][] probabilities(Temperature temperature) {
    return Arrays.stream(logits)
        .map(draws -> temperature.probabilities(draws, classes))
        .toArray(double[][]::new);
  }
}
