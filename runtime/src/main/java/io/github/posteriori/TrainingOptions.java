package io.github.posteriori;

import io.github.posteriori.data.Augmentation;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.train.Averaging;
import io.github.posteriori.train.Beta;
import io.github.posteriori.train.LearningRate;
import java.util.Objects;

/** The options of a training; immutable, each {@code with} method returns a copy. */
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
  private boolean standardisation;
  private boolean balance;
  private double labelSmoothing;
  private int patience;
  private Averaging averaging = Averaging.none();

  private TrainingOptions() {}

  /**
   * Returns the defaults: 10 epochs of batches of 256, Adam with a learning rate that falls
   * linearly from 0.003, the categorical likelihood, beta 1, one posterior sample, no augmentation,
   * no standardisation, classes weighted alike, labels as they are, no early stopping and no
   * averaging.
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
    copy.standardisation = standardisation;
    copy.balance = balance;
    copy.labelSmoothing = labelSmoothing;
    copy.patience = patience;
    copy.averaging = averaging;
    return copy;
  }

  /** The number of passes over the training split. */
  public int epochs() {
    return epochs;
  }

  /** The number of images of a step. */
  public int batch() {
    return batch;
  }

  /** The rule by which a step changes the parameters. */
  public Optimiser optimiser() {
    return optimiser;
  }

  /** The base learning rate, which {@link #schedule} scales. */
  public double learningRate() {
    return learningRate;
  }

  /** The course of the learning rate over all steps. */
  public LearningRate schedule() {
    return schedule;
  }

  /** The likelihood of the targets given the outputs. */
  public Likelihood likelihood() {
    return likelihood;
  }

  /** The weight of the KL divergence. */
  public Beta beta() {
    return beta;
  }

  /** The number of posterior samples of a training step. */
  public int trainSamples() {
    return trainSamples;
  }

  /** The number of posterior samples of a validation. */
  public int validSamples() {
    return validSamples;
  }

  /** The random variation of training images. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** Whether the module learns to standardise its examples from the training set. */
  public boolean standardisation() {
    return standardisation;
  }

  /** Whether the loss weights examples by the frequency of their class. */
  public boolean balance() {
    return balance;
  }

  /** The share of a label that the loss spreads over all classes. */
  public double labelSmoothing() {
    return labelSmoothing;
  }

  /**
   * The number of epochs without a lower validation loss after which training stops; 0 for never.
   */
  public int patience() {
    return patience;
  }

  /** How the weights that are validated and kept are averaged over the steps. */
  public Averaging averaging() {
    return averaging;
  }

  /**
   * Returns these options with another number of epochs.
   *
   * @param epochs at least 1
   */
  public TrainingOptions withEpochs(int epochs) {
    TrainingOptions changed = copy();
    changed.epochs = requirePositive(epochs, "epochs");
    return changed;
  }

  /**
   * Returns these options with another batch size.
   *
   * @param batch at least 1
   */
  public TrainingOptions withBatch(int batch) {
    TrainingOptions changed = copy();
    changed.batch = requirePositive(batch, "batch");
    return changed;
  }

  /** Returns these options with another optimiser. */
  public TrainingOptions withOptimiser(Optimiser optimiser) {
    TrainingOptions changed = copy();
    changed.optimiser = Objects.requireNonNull(optimiser, "optimiser");
    return changed;
  }

  /**
   * Returns these options with another learning rate.
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

  /** Returns these options with another course of the learning rate. */
  public TrainingOptions withSchedule(LearningRate schedule) {
    TrainingOptions changed = copy();
    changed.schedule = Objects.requireNonNull(schedule, "schedule");
    return changed;
  }

  /** Returns these options with another likelihood. */
  public TrainingOptions withLikelihood(Likelihood likelihood) {
    TrainingOptions changed = copy();
    changed.likelihood = Objects.requireNonNull(likelihood, "likelihood");
    return changed;
  }

  /** Returns these options with another weight of the KL divergence. */
  public TrainingOptions withBeta(Beta beta) {
    TrainingOptions changed = copy();
    changed.beta = Objects.requireNonNull(beta, "beta");
    return changed;
  }

  /**
   * Returns these options with other numbers of posterior samples.
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

  /** Returns these options with another variation of training images. */
  public TrainingOptions withAugmentation(Augmentation augmentation) {
    TrainingOptions changed = copy();
    changed.augmentation = Objects.requireNonNull(augmentation, "augmentation");
    return changed;
  }

  /**
   * Returns these options with or without a standardisation learned from the training set. A module
   * that has one keeps it.
   */
  public TrainingOptions withStandardisation(boolean standardisation) {
    TrainingOptions changed = copy();
    changed.standardisation = standardisation;
    return changed;
  }

  /**
   * Returns these options with or without a loss that weights each example inversely to the
   * frequency of its class, so that rare classes count as much as common ones; of several labels at
   * once those that hold count as much as those that do not. The mean weight over the training set
   * is 1. Accuracies and negative log-likelihoods of a validation stay unweighted.
   */
  public TrainingOptions withBalance(boolean balance) {
    TrainingOptions changed = copy();
    changed.balance = balance;
    return changed;
  }

  /**
   * Returns these options with a loss of {@linkplain Likelihood#smoothed smoothed labels}, of
   * classes alone. Accuracies and validations stay those of the true labels.
   *
   * @param labelSmoothing at least 0 and below 1, such as 0.1
   */
  public TrainingOptions withLabelSmoothing(double labelSmoothing) {
    Likelihood.categorical().smoothed(labelSmoothing); // refuses what is out of range
    TrainingOptions changed = copy();
    changed.labelSmoothing = labelSmoothing;
    return changed;
  }

  /**
   * Returns these options with early stopping after {@code patience} epochs in a row without a
   * lower validation loss. Learning rate and beta still follow {@link #epochs}, so an early stop
   * cuts their schedules short.
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

  /** Returns these options with another averaging of the weights. */
  public TrainingOptions withAveraging(Averaging averaging) {
    TrainingOptions changed = copy();
    changed.averaging = Objects.requireNonNull(averaging, "averaging");
    return changed;
  }

  private static int requirePositive(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", expected at least 1");
    }
    return value;
  }
}
