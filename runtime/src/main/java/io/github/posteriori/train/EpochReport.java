package io.github.posteriori.train;

import io.github.posteriori.likelihood.Score;
import java.util.Optional;

/**
 * The measurements of an epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param loss {@code N * NLL + beta * KL}, the mean over the epoch's batches, in nats
 * @param nll mean negative log-likelihood of a training image, in nats, by the images' weights if
 *     classes are balanced, and of smoothed labels if they are
 * @param kl KL(q || p) after the epoch, in nats
 * @param score score of the training images, each with the weights of its step
 * @param valid measurements of the validation split, if there is one
 * @param learningRate learning rate of the last step
 * @param beta weight of the KL divergence in the last step
 * @param seconds time since training began
 * @param stopsEarly whether training ends with this epoch because the validation loss has not
 *     fallen for {@code patience} epochs
 */
public record EpochReport(
    int epoch,
    double loss,
    double nll,
    double kl,
    Score score,
    Optional<Validation> valid,
    double learningRate,
    double beta,
    double seconds,
    boolean stopsEarly) {

  /**
   * Returns the share of training images classified correctly, from 0 to 1.
   *
   * @throws IllegalStateException if the likelihood's score is another one
   */
  public double accuracy() {
    return score.accuracy();
  }

  /**
   * The measurements of the validation split after an epoch.
   *
   * @param loss {@code N * NLL + beta * KL} with the training split's N and {@link Beta#target}, in
   *     nats; images are weighted as in training
   * @param nll mean negative log-likelihood of an image, in nats
   * @param score score of the images
   * @param sinceBest epochs since the lowest {@code loss}; 0 if this one is the lowest
   */
  public record Validation(double loss, double nll, Score score, int sinceBest) {

    /**
     * Returns the share of images classified correctly, from 0 to 1.
     *
     * @throws IllegalStateException if the likelihood's score is another one
     */
    public double accuracy() {
      return score.accuracy();
    }

    /** Returns whether {@code loss} is the lowest so far. */
    public boolean best() {
      return sinceBest == 0;
    }
  }
}
