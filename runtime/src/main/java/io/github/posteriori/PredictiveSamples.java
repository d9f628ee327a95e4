package io.github.posteriori;

import io.github.posteriori.uncertainty.PredictiveMoments;
import java.util.Arrays;

/**
 * Class probabilities of one image under each of many posterior samples.
 *
 * @param probabilities {@code [samples][classes]}, by softmax
 */
public record PredictiveSamples(double[][] probabilities) {

  /** Returns the prediction from these samples, a batch of one. */
  public Prediction prediction() {
    PredictiveMoments moments = new PredictiveMoments(1, probabilities[0].length);
    for (double[] sample : probabilities) {
      moments.add(sample);
    }
    return Prediction.of(moments);
  }

  /**
   * Returns a quantile of each class's probability over the samples, interpolated linearly between
   * neighbours (type 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages").
   *
   * @param share from 0, the lowest, to 1, the highest
   * @throws IllegalArgumentException when {@code share} is not from 0 to 1
   */
  public double[] quantile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + ", expected from 0 to 1");
    }
    double[] quantiles = new double[probabilities[0].length];
    double position = share * (probabilities.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, probabilities.length - 1);
    for (int k = 0; k < quantiles.length; k++) {
      int label = k;
      double[] sorted = Arrays.stream(probabilities).mapToDouble(p -> p[label]).sorted().toArray();
      quantiles[k] = sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
    return quantiles;
  }
}
