package io.github.posteriori.uncertainty;

import io.github.posteriori.Prediction;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mean and variance of class probabilities over posterior samples, updated sample by sample
 * (Welford 1962), so that memory does not grow with their number and equal samples have a variance
 * of exactly 0.
 */
public final class PredictiveMoments {
  private final int count;
  private final int classes;
  private final double[] mean;
  private final double[] squaredDeviations;
  private final double[] meanVariance;
  private final double[] entropySum;
  private int samples;

  /** For {@code count} images of {@code classes} classes. */
  public PredictiveMoments(int count, int classes) {
    this.count = count;
    this.classes = classes;
    this.mean = new double[count * classes];
    this.squaredDeviations = new double[count * classes];
    this.meanVariance = new double[count * classes];
    this.entropySum = new double[count];
  }

  /** Takes in the probabilities of one posterior sample, {@code [count, classes]} row-major. */
  public void add(double[] probabilities) {
    samples++;
    for (int i = 0; i < mean.length; i++) {
      double deviation = probabilities[i] - mean[i];
      mean[i] += deviation / samples;
      squaredDeviations[i] += deviation * (probabilities[i] - mean[i]);
      // Never negative, which the rest of mean - mean^2 - epistemic would be by rounding.
      double variance = probabilities[i] * (1 - probabilities[i]);
      meanVariance[i] += (variance - meanVariance[i]) / samples;
    }
    for (int image = 0; image < count; image++) {
      entropySum[image] += entropy(probabilities, image);
    }
  }

  /** What the samples so far say. */
  public Prediction prediction() {
    double[] epistemic = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      epistemic[i] = squaredDeviations[i] / samples;
    }
    double[] entropy = new double[count];
    double[] mutualInformation = new double[count];
    for (int image = 0; image < count; image++) {
      entropy[image] = entropy(mean, image);
      mutualInformation[image] = Math.max(0, entropy[image] - entropySum[image] / samples);
    }
    long[] shape = {count, classes};
    return new Prediction(
        Nd4j.create(mean.clone(), shape, 'c'),
        Nd4j.create(epistemic, shape, 'c'),
        Nd4j.create(meanVariance.clone(), shape, 'c'),
        Nd4j.create(entropy, new long[] {count}, 'c'),
        Nd4j.create(mutualInformation, new long[] {count}, 'c'),
        samples);
  }

  /** {@code -sum p ln p} in nats. */
  private double entropy(double[] probabilities, int image) {
    double sum = 0;
    for (int i = image * classes; i < (image + 1) * classes; i++) {
      sum -= probabilities[i] > 0 ? probabilities[i] * Math.log(probabilities[i]) : 0;
    }
    return sum;
  }
}
