package io.github.posteriori.likelihood;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A likelihood of numbers, independent of each other given the outputs of one sample: {@code ln
 * p_s(y) = sum_k ln p(y_k | z_s)}.
 *
 * <p>With S samples, {@code L = -ln (1/S sum_s p_s(y))} has the gradient {@code dL/dz_s = -r_s d ln
 * p_s(y) / dz_s} where {@code r_s = p_s(y) / sum_s' p_s'(y)}.
 */
sealed interface NumericLikelihood extends Likelihood
    permits Bernoulli, Gaussian, HeteroscedasticGaussian, Poisson {

  /** The names and the scale of the targets, as far as they are known. */
  TargetScale scale();

  /** Returns this likelihood for targets of another scale. */
  NumericLikelihood withScale(TargetScale scale);

  @Override
  default NumericLikelihood unweighted() {
    return this;
  }

  /** The number of outputs that describe one target. */
  default int outputsPerTarget() {
    return 1;
  }

  /**
   * Computes the logarithm of the probability, or of its density in the units of the target, of one
   * number under one sample.
   *
   * @param row start of the observation's outputs
   * @param targets number of targets, {@code k} one of them
   * @param gradient receives the derivatives with respect to the observation's outputs
   */
  double logLikelihood(
      float[] outputs, int row, int targets, int k, double value, double[] gradient);

  /**
   * Computes the Fisher information of the outputs that describe target {@code k}. They tell
   * nothing of each other.
   *
   * @param diagonal receives that of each of these outputs
   */
  void information(float[] outputs, int row, int targets, int k, double[] diagonal);

  @Override
  default double[] information(float[] outputs, int row, int width) {
    double[] diagonal = new double[width];
    int targets = width / outputsPerTarget();
    for (int k = 0; k < targets; k++) {
      information(outputs, row, targets, k, diagonal);
    }
    double[] information = new double[width * width];
    for (int i = 0; i < width; i++) {
      information[i * width + i] = diagonal[i];
    }
    return information;
  }

  /** Returns the mean that one sample predicts for target {@code k}, in the units of the target. */
  double mean(float[] outputs, int row, int targets, int k);

  /** Returns what a target has to be, unless {@code value} is that. */
  Optional<String> misfit(float value);

  /** The names of the targets, once they are known. */
  @Override
  default List<String> targetNames() {
    return scale().names();
  }

  @Override
  default int outputs(Dataset dataset) {
    return dataset.targetNames().size() * outputsPerTarget();
  }

  @Override
  default Likelihood learn(Dataset train) {
    return targetNames().isEmpty() ? withScale(TargetScale.of(train)) : this;
  }

  @Override
  default Likelihood balanced(Dataset train) {
    throw new IllegalArgumentException(
        ("the loss of %s is to be balanced between classes, expected the categorical or bernoulli"
                + " likelihood, not %s: train without balance")
            .formatted(train.name(), name()));
  }

  @Override
  default void requireFit(Dataset dataset, int outputs) {
    List<String> names = dataset.targetNames();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          ("%s has classes as targets, expected numbers for the %s likelihood: take the"
                  + " categorical one")
              .formatted(dataset.name(), name()));
    }
    if (!targetNames().isEmpty() && !targetNames().equals(names)) {
      throw new IllegalArgumentException(
          ("%s has the targets %s, expected %s, which the network was trained on: give the same in"
                  + " the same order")
              .formatted(dataset.name(), names, targetNames()));
    }
    requireOutputs(names.size(), outputs, dataset.name());
    int[] all = IntStream.range(0, dataset.size()).toArray();
    requireFit(dataset.targets(all), outputs, i -> "example " + i + " of " + dataset.name());
  }

  private void requireOutputs(int targets, int outputs, String what) {
    if (targets * outputsPerTarget() != outputs) {
      throw new IllegalArgumentException(
          ("%s has %s targets, for which the %s likelihood takes %s outputs, but the network has"
                  + " %s: end it with %s")
              .formatted(
                  what,
                  targets,
                  name(),
                  targets * outputsPerTarget(),
                  outputs,
                  targets * outputsPerTarget()));
    }
  }

  @Override
  default void requireFit(Targets targets, int outputs, IntFunction<String> example) {
    if (targets instanceof Targets.Mixed mixed && takesMixed()) {
      requireFit(mixed.first(), outputs, example);
      requireFit(mixed.second(), outputs, example);
      return;
    }
    if (!(targets instanceof Targets.Values values)) {
      throw new IllegalArgumentException(
          "the targets are %s, expected numbers of single examples for the %s likelihood: %s"
              .formatted(
                  targets instanceof Targets.Mixed ? "mixed of two examples each" : "classes",
                  name(),
                  targets instanceof Targets.Mixed
                      ? "train without mixup"
                      : "take the categorical one"));
    }
    requireOutputs(values.width(), outputs, "each example");
    for (int i = 0; i < values.values().length; i++) {
      int index = i / values.width();
      float value = values.values()[i];
      misfit(value)
          .ifPresent(
              expected -> {
                throw new IllegalArgumentException(
                    "%s has the target %s, expected %s"
                        .formatted(example.apply(index), value, expected));
              });
    }
  }

  /** Returns the numbers of one observation; mixed ones are the mean of both by their shares. */
  private static double[] values(Target target) {
    if (target.targets() instanceof Targets.Mixed mixed) {
      double share = mixed.shares()[target.index()];
      double[] first = values(target.of(mixed.first()));
      double[] second = values(target.of(mixed.second()));
      return IntStream.range(0, first.length)
          .mapToDouble(k -> share * first[k] + (1 - share) * second[k])
          .toArray();
    }
    Targets.Values all = (Targets.Values) target.targets();
    double[] values = new double[all.width()];
    for (int k = 0; k < values.length; k++) {
      values[k] = all.values()[target.index() * values.length + k];
    }
    return values;
  }

  @Override
  default double negativeLogLikelihood(
      float[][] logits, int row, Target target, double scale, float[][] gradients) {
    int samples = logits.length;
    double[][] derivatives = new double[samples][target.outputs()];
    double[] logs = logLikelihoods(logits, row, target, derivatives);
    double mean = ValueDistribution.logMeanExp(logs);
    for (int s = 0; s < samples; s++) {
      double responsibility = responsibility(logs, s, mean);
      for (int k = 0; k < target.outputs(); k++) {
        gradients[s][row + k] = (float) (-scale * responsibility * derivatives[s][k]);
      }
    }
    return -mean;
  }

  /** Returns {@code ln p_s(y)} of each sample, with its derivatives. */
  private double[] logLikelihoods(
      float[][] logits, int row, Target target, double[][] derivatives) {
    double[] values = values(target);
    double[] logs = new double[logits.length];
    for (int s = 0; s < logs.length; s++) {
      for (int k = 0; k < values.length; k++) {
        logs[s] += logLikelihood(logits[s], row, values.length, k, values[k], derivatives[s]);
      }
    }
    return logs;
  }

  /** Returns {@code p_s(y) / sum_s' p_s'(y)}, given {@code ln (1/S sum_s' p_s'(y))}. */
  static double responsibility(double[] logs, int sample, double logMean) {
    return Math.exp(logs[sample] - logMean) / logs.length;
  }

  /**
   * Returns the squared errors of each target {@code k}, expected over the samples by their
   * responsibilities, of {@code errors.of(s, k, value)}.
   */
  default double[] expectedSquares(float[][] logits, int row, Target target, Errors errors) {
    double[] values = values(target);
    double[] logs =
        logLikelihoods(logits, row, target, new double[logits.length][target.outputs()]);
    double mean = ValueDistribution.logMeanExp(logs);
    double[] squares = new double[values.length];
    for (int s = 0; s < logs.length; s++) {
      for (int k = 0; k < values.length; k++) {
        double error = errors.of(logits[s][row + k], k, values[k]);
        squares[k] += responsibility(logs, s, mean) * error * error;
      }
    }
    return squares;
  }

  /** The error of an output. */
  @FunctionalInterface
  interface Errors {
    /** Returns the error of the output for target {@code k}. */
    double of(double output, int k, double value);
  }

  /** Returns the mean over targets of what each contributes. */
  @Override
  default double score(float[][] logits, int row, Target target) {
    double[] values = values(target);
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      double mean = 0;
      for (float[] sample : logits) {
        mean += mean(sample, row, values.length, k) / logits.length;
      }
      sum += contribution(mean, values[k]);
    }
    return sum / values.length;
  }

  /** Returns the contribution of one prediction to the score: its squared error. */
  default double contribution(double mean, double value) {
    return (mean - value) * (mean - value);
  }

  @Override
  default Score score(double sum, int observations) {
    return new Score(Score.RMSE, Math.sqrt(sum / observations));
  }

  @Override
  default Assessment assess(int outputs, int samples) {
    return new Mean(this, outputs);
  }

  /** Measures the mean of the posterior samples' densities. */
  final class Mean implements Assessment {
    private final NumericLikelihood likelihood;
    private final int outputs;
    private double lossSum;
    private double nllSum;
    private double scoreSum;
    private int examples;

    Mean(NumericLikelihood likelihood, int outputs) {
      this.likelihood = likelihood;
      this.outputs = outputs;
    }

    @Override
    public void add(Targets targets, List<float[]> logits) {
      float[][] samples = logits.toArray(float[][]::new);
      NumericLikelihood unweighted = likelihood.unweighted();
      for (int i = 0; i < targets.count(); i++) {
        Target target = new Target(targets, i, outputs);
        double nll = negativeLogarithm(unweighted, samples, target);
        nllSum += nll;
        lossSum += unweighted == likelihood ? nll : negativeLogarithm(likelihood, samples, target);
        scoreSum += likelihood.score(samples, i * outputs, target);
      }
      examples += targets.count();
    }

    private double negativeLogarithm(
        NumericLikelihood likelihood, float[][] samples, Target target) {
      double[][] unused = new double[samples.length][outputs];
      int row = target.index() * outputs;
      return -ValueDistribution.logMeanExp(likelihood.logLikelihoods(samples, row, target, unused));
    }

    @Override
    public double loss() {
      return lossSum / examples;
    }

    @Override
    public double nll() {
      return nllSum / examples;
    }

    @Override
    public Score score() {
      return likelihood.score(scoreSum, examples);
    }
  }

  @Override
  default Learned learned() {
    return new Learned(name(), scale().names(), scale().means(), scale().deviations(), List.of());
  }
}
