package io.github.posteriori.calibration;

import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Softmax;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A number by which the logits of every draw are divided before they become probabilities: {@code p
 * = 1/S sum_s softmax(z_s / T)}. Above 1 it makes a network less sure, below 1 surer; of a single
 * draw the most probable class stays the same.
 *
 * <p>Source: Guo et al. 2017, "On calibration of modern neural networks", arXiv 1706.04599, there
 * for one draw.
 *
 * @param value T, above 0
 */
public record Temperature(double value) {
  /** Bounds of ln T. */
  private static final double WIDEST = 3;

  /** Steps of ln T among which the search looks first, for there may be several minima. */
  private static final double STEP = 0.25;

  private static final double PRECISION = 1e-7;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** Checks that the number is one. */
  public Temperature {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("temperature is " + value + ", expected above 0");
    }
  }

  /**
   * Fits the temperature under which labels are most probable, from e^-3 to e^3: a coarse grid of
   * ln T, then a golden-section search around its best point.
   *
   * @param logits of each example all draws, {@code [draws, classes]} row-major
   * @param classes number of classes
   * @param labels the true class of each example
   * @throws IllegalArgumentException when there are no examples
   */
  public static Temperature fit(float[][] logits, int classes, int[] labels) {
    if (labels.length == 0) {
      throw new IllegalArgumentException(
          "there are no examples, expected some to fit a temperature to: hold out more");
    }
    DoubleUnaryOperator nll = log -> negativeLogLikelihood(logits, classes, labels, Math.exp(log));
    double best = -WIDEST;
    double least = Double.POSITIVE_INFINITY;
    for (double log = -WIDEST; log <= WIDEST; log += STEP) {
      double value = nll.applyAsDouble(log);
      if (value < least) {
        least = value;
        best = log;
      }
    }
    double low = Math.max(-WIDEST, best - STEP);
    double high = Math.min(WIDEST, best + STEP);
    return new Temperature(Math.exp(minimum(nll, low, high)));
  }

  /** Narrows an interval around a minimum by the golden section (Kiefer 1953). */
  private static double minimum(DoubleUnaryOperator function, double low, double high) {
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = function.applyAsDouble(left);
    double atRight = function.applyAsDouble(right);
    while (high - low > PRECISION) {
      if (atLeft < atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = function.applyAsDouble(left);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = function.applyAsDouble(right);
      }
    }
    return (low + high) / 2;
  }

  /** Returns {@code -1/n sum_i ln (1/S sum_s softmax(z_is / T)_y)} in nats. */
  private static double negativeLogLikelihood(
      float[][] logits, int classes, int[] labels, double temperature) {
    double[] each =
        IntStream.range(0, labels.length)
            .parallel()
            .mapToDouble(i -> logLikelihood(logits[i], classes, labels[i], temperature))
            .toArray();
    // In their order: a parallel sum would depend on the number of threads.
    return -Arrays.stream(each).sum() / labels.length;
  }

  private static double logLikelihood(float[] draws, int classes, int label, double temperature) {
    double[] scaled = new double[classes];
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < draws.length; row += classes) {
      for (int k = 0; k < classes; k++) {
        scaled[k] = draws[row + k] / temperature;
      }
      double log = scaled[label] - Softmax.logSumExp(scaled);
      if (log > largest) {
        sum = sum * Math.exp(largest - log) + 1;
        largest = log;
      } else {
        sum += Math.exp(log - largest);
      }
    }
    return largest + Math.log(sum * classes / draws.length);
  }

  /** Returns logits divided by T. */
  public float[] apply(float[] logits) {
    float[] scaled = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      scaled[i] = (float) (logits[i] / value);
    }
    return scaled;
  }

  /**
   * Returns the probabilities of one example: the mean over its draws.
   *
   * @param logits {@code [draws, classes]} row-major
   */
  public double[] probabilities(float[] logits, int classes) {
    double[] each = Normalisation.SOFTMAX.probabilities(apply(logits), classes);
    int draws = logits.length / classes;
    double[] mean = new double[classes];
    for (int i = 0; i < each.length; i++) {
      mean[i % classes] += each[i] / draws;
    }
    return mean;
  }
}
