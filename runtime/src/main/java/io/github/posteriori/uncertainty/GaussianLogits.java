package io.github.posteriori.uncertainty;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Class probabilities, and their uncertainty, where logits are independent Gaussian numbers of
 * known mean and variance: the moments of {@link PredictiveMoments} over given draws of such
 * logits, which cost no pass through a network. The arrays lie outside every ND4J workspace.
 */
public final class GaussianLogits implements Predictive {
  private final int count;
  private final int classes;
  private final Normalisation normalisation;
  private final float[][] draws;
  private final double[] probabilities;
  private final double[] epistemic;
  private final double[] aleatoric;
  private final double[] entropy;
  private final double[] information;

  /**
   * Creates the predictions of {@code count} images, all of them unknown as yet.
   *
   * @param normalisation how logits become probabilities
   * @param draws standard normal numbers, {@code [draws, classes]}
   */
  public GaussianLogits(int count, Normalisation normalisation, float[][] draws) {
    this.count = count;
    this.classes = draws[0].length;
    this.normalisation = normalisation;
    this.draws = draws;
    this.probabilities = new double[count * classes];
    this.epistemic = new double[count * classes];
    this.aleatoric = new double[count * classes];
    this.entropy = new double[count];
    this.information = new double[count];
  }

  /**
   * Predicts some of the images; several threads may do so at once for different ones.
   *
   * @param first number of the first of them
   * @param means of their logits, {@code [images, classes]} row-major
   * @param variances of the same shape, at least 0
   */
  public void set(int first, float[] means, float[] variances) {
    double[][] p = new double[draws.length][classes];
    double[] deviations = new double[classes];
    for (int row = 0; row < means.length; row += classes) {
      boolean varies = false;
      for (int k = 0; k < classes; k++) {
        deviations[k] = Math.sqrt(variances[row + k]);
        varies |= deviations[k] > 0;
      }
      int taken = varies ? draws.length : 1;
      double entropies = 0;
      for (int d = 0; d < taken; d++) {
        for (int k = 0; k < classes; k++) {
          p[d][k] = normalisation.logWeight(means[row + k] + deviations[k] * draws[d][k]);
        }
        entropies += Softmax.entropyOf(p[d]);
      }
      summarise(first + row / classes, p, taken, entropies);
    }
  }

  /** Sums up the probabilities of an image over its draws. */
  private void summarise(int image, double[][] p, int taken, double entropies) {
    double ofMean = 0;
    for (int k = 0; k < classes; k++) {
      double sum = 0;
      for (int d = 0; d < taken; d++) {
        sum += p[d][k];
      }
      double mean = sum / taken;
      double squares = 0;
      double within = 0;
      for (int d = 0; d < taken; d++) {
        squares += (p[d][k] - mean) * (p[d][k] - mean);
        within += p[d][k] * (1 - p[d][k]);
      }
      probabilities[image * classes + k] = mean;
      epistemic[image * classes + k] = squares / taken;
      aleatoric[image * classes + k] = within / taken;
      ofMean -= mean > 0 ? mean * Math.log(mean) : 0;
    }
    entropy[image] = ofMean;
    information[image] = Math.max(0, ofMean - entropies / taken);
  }

  @Override
  public INDArray probabilities() {
    return array(probabilities, count, classes);
  }

  @Override
  public INDArray epistemic() {
    return array(epistemic, count, classes);
  }

  @Override
  public INDArray aleatoric() {
    return array(aleatoric, count, classes);
  }

  @Override
  public INDArray entropy() {
    return array(entropy, count);
  }

  @Override
  public INDArray mutualInformation() {
    return array(information, count);
  }

  @SuppressWarnings("try") // a workspace scope works by being open
  private static INDArray array(double[] values, long... shape) {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(values, shape, 'c');
    }
  }
}
