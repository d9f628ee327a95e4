package io.github.posteriori;

import io.github.posteriori.data.Augmentation;
import io.github.posteriori.train.Beta;
import java.util.Objects;

/**
 * How a module is trained.
 *
 * @param epochs passes over the training split, at least 1
 * @param batch images of a step, at least 1
 * @param learningRate of the first step, above 0; it falls linearly to 0 over all steps
 * @param beta weight of the KL divergence
 * @param trainSamples posterior samples of a training step, at least 1
 * @param validSamples posterior samples of a validation, at least 1
 * @param augmentation how training images are varied
 * @param patience epochs in a row without a lower validation loss after which training stops, or 0
 *     to train through all epochs. Learning rate and beta follow {@code epochs} all the same: after
 *     an early stop the learning rate has not come down to 0
 */
public record TrainingOptions(
    int epochs,
    int batch,
    double learningRate,
    Beta beta,
    int trainSamples,
    int validSamples,
    Augmentation augmentation,
    int patience) {

  public TrainingOptions {
    requirePositive(epochs, "epochs");
    requirePositive(batch, "batch");
    requirePositive(trainSamples, "trainSamples");
    requirePositive(validSamples, "validSamples");
    Objects.requireNonNull(beta, "beta");
    Objects.requireNonNull(augmentation, "augmentation");
    if (patience < 0) {
      throw new IllegalArgumentException(
          "patience is " + patience + ", expected at least 1, or 0 to train through all epochs");
    }
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate is " + learningRate + ", expected a number above 0, such as 0.003");
    }
  }

  /**
   * 10 epochs of batches of 256, learning rate 0.003, beta 1, one posterior sample, images as they
   * are, no early stop.
   */
  public static TrainingOptions defaults() {
    return new TrainingOptions(10, 256, 3e-3, new Beta.Constant(1), 1, 1, Augmentation.none(), 0);
  }

  /** These options with another number of epochs. */
  public TrainingOptions withEpochs(int epochs) {
    return new TrainingOptions(
        epochs, batch, learningRate, beta, trainSamples, validSamples, augmentation, patience);
  }

  /** These options with another batch size. */
  public TrainingOptions withBatch(int batch) {
    return new TrainingOptions(
        epochs, batch, learningRate, beta, trainSamples, validSamples, augmentation, patience);
  }

  /** These options with another learning rate. */
  public TrainingOptions withLearningRate(double learningRate) {
    return new TrainingOptions(
        epochs, batch, learningRate, beta, trainSamples, validSamples, augmentation, patience);
  }

  /** These options with another weight of the KL divergence. */
  public TrainingOptions withBeta(Beta beta) {
    return new TrainingOptions(
        epochs, batch, learningRate, beta, trainSamples, validSamples, augmentation, patience);
  }

  /** These options with other numbers of posterior samples in training and in validation. */
  public TrainingOptions withSamples(int trainSamples, int validSamples) {
    return new TrainingOptions(
        epochs, batch, learningRate, beta, trainSamples, validSamples, augmentation, patience);
  }

  /** These options with another variation of training images. */
  public TrainingOptions withAugmentation(Augmentation augmentation) {
    return new TrainingOptions(
        epochs, batch, learningRate, beta, trainSamples, validSamples, augmentation, patience);
  }

  /** These options, stopping after so many epochs in a row without a lower validation loss. */
  public TrainingOptions withPatience(int patience) {
    return new TrainingOptions(
        epochs, batch, learningRate, beta, trainSamples, validSamples, augmentation, patience);
  }

  private static void requirePositive(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", expected at least 1");
    }
  }
}
