package io.github.posteriori.calibration;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Examples of known class probabilities, for tests.
 *
 * @param logits whose softmax are the probabilities
 * @param labels drawn from these
 * @param u of each, evenly from 0 to 1
 */
record Drawn(double[][] logits, int[] labels, double[] u) {

  static Drawn of(int examples, int classes, long seed) {
    Random random = new Random(seed);
    double[][] logits = new double[examples][classes];
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      // Some are easy and some hard.
      double scale = 4 * random.nextDouble();
      for (int k = 0; k < classes; k++) {
        logits[i][k] = scale * random.nextGaussian();
      }
      double left = random.nextDouble();
      double[] p = softmax(logits[i], 1);
      while (labels[i] < classes - 1 && left >= p[labels[i]]) {
        left -= p[labels[i]++];
      }
    }
    return new Drawn(logits, labels, random.doubles(examples).toArray());
  }

  /** The probabilities that a network has whose logits are larger by a factor. */
  double[][] probabilities(double factor) {
    return Arrays.stream(logits).map(z -> softmax(z, factor)).toArray(double[][]::new);
  }

  /** The logits of such a network, one draw each. */
  float[][] logits(double factor) {
    return Arrays.stream(logits)
        .map(
            z -> {
              float[] scaled = new float[z.length];
              for (int k = 0; k < z.length; k++) {
                scaled[k] = (float) (factor * z[k]);
              }
              return scaled;
            })
        .toArray(float[][]::new);
  }

  Drawn at(int[] places) {
    return new Drawn(
        IntStream.of(places).mapToObj(i -> logits[i]).toArray(double[][]::new),
        IntStream.of(places).map(i -> labels[i]).toArray(),
        IntStream.of(places).mapToDouble(i -> u[i]).toArray());
  }

  private static double[] softmax(double[] z, double factor) {
    double[] weights = Arrays.stream(z).map(each -> Math.exp(factor * each)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
