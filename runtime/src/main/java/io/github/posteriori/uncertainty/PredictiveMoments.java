package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mean and variance of class probabilities over posterior samples, updated sample by sample
 * (Welford 1962), so that memory does not grow with the number of samples, and equal samples have a
 * variance of exactly 0. The arrays lie outside every ND4J workspace.
 */
public final class PredictiveMoments implements Predictive {
  private final int count;
  private final int classes;
  private final double[] mean;
  private final double[] squaredDeviations;
  private final double[] meanVariance;
  private final double[] entropySum;
  private int samples;

  /** Creates empty moments of {@code count} images of {@code classes} classes. */
  public PredictiveMoments(int count, int classes) {
    if (count < 1 || classes < 1) {
      throw new IllegalArgumentException(
          count + " images of " + classes + " classes, expected at least one of each");
    }
    this.count = count;
    this.classes = classes;
    this.mean = new double[count * classes];
    this.squaredDeviations = new double[count * classes];
    this.meanVariance = new double[count * classes];
    this.entropySum = new double[count];
  }

  /**
   * Adds the probabilities of one posterior sample, {@code [count, classes]} row-major.
   *
   * @throws IllegalArgumentException when there are more or fewer
   */
  public void add(double[] probabilities) {
    if (probabilities.length != mean.length) {
      throw new IllegalArgumentException(
          "the sample has %s probabilities, expected %s for %s images of %s classes"
              .formatted(probabilities.length, mean.length, count, classes));
    }
    samples++;
    for (int i = 0; i < mean.length; i++) {
      double deviation = probabilities[i] - mean[i];
      mean[i] += deviation / samples;
      squaredDeviations[i] += deviation * (probabilities[i] - mean[i]);
      // Never negative, unlike mean - mean^2 - epistemic, because of rounding.
      double variance = probabilities[i] * (1 - probabilities[i]);
      meanVariance[i] += (variance - meanVariance[i]) / samples;
    }
    for (int image = 0; image < count; image++) {
      entropySum[image] += entropy(probabilities, image);
    }
  }

  /** The number of posterior samples so far. */
  public int samples() {
    return samples;
  }

  /** The mean probabilities: {@code [count, classes]}. */
  @Override
  public INDArray probabilities() {
    return perClass(mean.clone());
  }

  /** The variance of the probabilities over samples: {@code [count, classes]}. */
  @Override
  public INDArray epistemic() {
    double[] epistemic = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      epistemic[i] = squaredDeviations[i] / samples;
    }
    return perClass(epistemic);
  }

  /** The mean over samples of {@code p - p^2}: {@code [count, classes]}. */
  @Override
  public INDArray aleatoric() {
    return perClass(meanVariance.clone());
  }

  /** The entropy of the mean probabilities in nats: {@code [count]}. */
  @Override
  public INDArray entropy() {
    double[] entropy = new double[count];
    for (int image = 0; image < count; image++) {
      entropy[image] = entropy(mean, image);
    }
    return perImage(entropy);
  }

  /** The entropy of the mean less the mean entropy of the samples, in nats: {@code [count]}. */
  @Override
  public INDArray mutualInformation() {
    double[] information = new double[count];
    for (int image = 0; image < count; image++) {
      information[image] = Math.max(0, entropy(mean, image) - entropySum[image] / samples);
    }
    return perImage(information);
  }

  private INDArray perClass(double[] values) {
    return array(values, count, classes);
  }

  private INDArray perImage(double[] values) {
    return array(values, count);
  }

  /** Creates an array outside the caller's workspaces, so that it outlives them. */
  @SuppressWarnings("try") // a workspace scope works by being open
  private INDArray array(double[] values, long... shape) {
    if (samples == 0) {
      throw new IllegalStateException("there are no samples yet, expected at least one: add one");
    }
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(values, shape, 'c');
    }
  }

  /** Returns {@code -sum p ln p} in nats. */
  private double entropy(double[] probabilities, int image) {
    double sum = 0;
    for (int i = image * classes; i < (image + 1) * classes; i++) {
      sum -= probabilities[i] > 0 ? probabilities[i] * Math.log(probabilities[i]) : 0;
    }
    return sum;
  }
}
