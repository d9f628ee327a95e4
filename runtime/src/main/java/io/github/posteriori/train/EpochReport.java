package io.github.posteriori.train;

import io.github.posteriori.likelihood.Score;
import java.util.Optional;

/**
 * What an epoch measured.
 *
 * @param epoch its number, from 1
 * @param loss {@code N * NLL + beta * KL}, the mean over the epoch's batches, in nats
 * @param nll mean negative log-likelihood of a training image, in nats
 * @param kl KL(q || p) after the epoch, in nats
 * @param score of the training images, each with the weights of its step
 * @param valid what the validation split says, where there is one
 * @param learningRate of the last step
 * @param beta of the last step
 * @param seconds since training began
 * @param stopsEarly whether training ends with this epoch because the validation loss has not
 *     fallen for as long as its patience lasts
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
   * The validation split after an epoch.
   *
   * @param loss {@code N * NLL + beta * KL} with the training split's N and the beta that the
   *     schedule leads to, in nats
   * @param nll mean negative log-likelihood of an image, in nats
   * @param score of the images
   * @param sinceBest epochs since {@code loss} was at its lowest; 0 where it is now
   */
  public record Validation(double loss, double nll, Score score, int sinceBest) {

    /** Whether {@code loss} is the lowest so far. */
    public boolean best() {
      return sinceBest == 0;
    }
  }
}
