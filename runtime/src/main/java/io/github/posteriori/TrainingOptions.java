package io.github.posteriori;

import io.github.posteriori.data.Augmentation;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.LearningRate;
import java.util.Objects;

/** How a module is trained; immutable, each {@code with} returns a copy. */
public final class TrainingOptions {
  private int epochs = 10;
  private int batch = 256;
  private Optimiser optimiser = Optimiser.adam();
  private double learningRate = 3e-3;
  private LearningRate schedule = LearningRate.linear();
  private Likelihood likelihood = Likelihood.categorical();
  private Beta beta = new Beta.Constant(1);
  private int trainSamples = 1;
  private int validSamples = 1;
  private Augmentation augmentation = Augmentation.none();
  private int patience;

  private TrainingOptions() {}

  /**
   * 10 epochs of batches of 256, Adam with a learning rate that falls linearly from 0.003, classes,
   * beta 1, one posterior sample, images as they are, no early stop.
   */
  public static TrainingOptions defaults() {
    return new TrainingOptions();
  }

  private TrainingOptions copy() {
    TrainingOptions copy = new TrainingOptions();
    copy.epochs = epochs;
    copy.batch = batch;
    copy.optimiser = optimiser;
    copy.learningRate = learningRate;
    copy.schedule = schedule;
    copy.likelihood = likelihood;
    copy.beta = beta;
    copy.trainSamples = trainSamples;
    copy.validSamples = validSamples;
    copy.augmentation = augmentation;
    copy.patience = patience;
    return copy;
  }

  /** Passes over the training split. */
  public int epochs() {
    return epochs;
  }

  /** Images of a step. */
  public int batch() {
    return batch;
  }

  /** How a step changes the parameters. */
  public Optimiser optimiser() {
    return optimiser;
  }

  /** The learning rate that {@link #schedule} takes a share of. */
  public double learningRate() {
    return learningRate;
  }

  /** How the learning rate changes over all steps. */
  public LearningRate schedule() {
    return schedule;
  }

  /** How the outputs become a probability of what was observed. */
  public Likelihood likelihood() {
    return likelihood;
  }

  /** Weight of the KL divergence. */
  public Beta beta() {
    return beta;
  }

  /** Posterior samples of a training step. */
  public int trainSamples() {
    return trainSamples;
  }

  /** Posterior samples of a validation. */
  public int validSamples() {
    return validSamples;
  }

  /** How training images are varied. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** Epochs in a row without a lower validation loss after which training stops; 0 for never. */
  public int patience() {
    return patience;
  }

  /**
   * These options with another number of epochs.
   *
   * @param epochs at least 1
   */
  public TrainingOptions withEpochs(int epochs) {
    TrainingOptions changed = copy();
    changed.epochs = requirePositive(epochs, "epochs");
    return changed;
  }

  /**
   * These options with another batch size.
   *
   * @param batch at least 1
   */
  public TrainingOptions withBatch(int batch) {
    TrainingOptions changed = copy();
    changed.batch = requirePositive(batch, "batch");
    return changed;
  }

  /** These options with another optimiser. */
  public TrainingOptions withOptimiser(Optimiser optimiser) {
    TrainingOptions changed = copy();
    changed.optimiser = Objects.requireNonNull(optimiser, "optimiser");
    return changed;
  }

  /**
   * These options with another learning rate.
   *
   * @param learningRate above 0
   */
  public TrainingOptions withLearningRate(double learningRate) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate is " + learningRate + ", expected a number above 0, such as 0.003");
    }
    TrainingOptions changed = copy();
    changed.learningRate = learningRate;
    return changed;
  }

  /** These options with another course of the learning rate. */
  public TrainingOptions withSchedule(LearningRate schedule) {
    TrainingOptions changed = copy();
    changed.schedule = Objects.requireNonNull(schedule, "schedule");
    return changed;
  }

  /** These options for targets of another kind. */
  public TrainingOptions withLikelihood(Likelihood likelihood) {
    TrainingOptions changed = copy();
    changed.likelihood = Objects.requireNonNull(likelihood, "likelihood");
    return changed;
  }

  /** These options with another weight of the KL divergence. */
  public TrainingOptions withBeta(Beta beta) {
    TrainingOptions changed = copy();
    changed.beta = Objects.requireNonNull(beta, "beta");
    return changed;
  }

  /**
   * These options with other numbers of posterior samples.
   *
   * @param trainSamples of a training step, at least 1
   * @param validSamples of a validation, at least 1
   */
  public TrainingOptions withSamples(int trainSamples, int validSamples) {
    TrainingOptions changed = copy();
    changed.trainSamples = requirePositive(trainSamples, "trainSamples");
    changed.validSamples = requirePositive(validSamples, "validSamples");
    return changed;
  }

  /** These options with another variation of training images. */
  public TrainingOptions withAugmentation(Augmentation augmentation) {
    TrainingOptions changed = copy();
    changed.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    return changed;
  }

  /**
   * These options, stopping after so many epochs in a row without a lower validation loss. Learning
   * rate and beta follow {@link #epochs} all the same: after an early stop the learning rate has
   * not come down to the end of its schedule.
   *
   * @param patience at least 1, or 0 to train through all epochs
   */
  public TrainingOptions withPatience(int patience) {
    if (patience < 0) {
      throw new IllegalArgumentException(
          "patience is " + patience + ", expected at least 1, or 0 to train through all epochs");
    }
    TrainingOptions changed = copy();
    changed.patience = patience;
    return changed;
  }

  private static int requirePositive(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", expected at least 1");
    }
    return value;
  }
}
