package io.github.posteriori.likelihood;

import io.github.posteriori.data.ClassCounts;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Softmax;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The categorical likelihood of classes, {@code p_s = softmax(z_s)}. With S samples, {@code L =
 * -w(y) ln (1/S sum_s p_s(y))} has the gradient {@code dL/dz_s = w(y) r_s (p_s - onehot(y))} where
 * {@code r_s = p_s(y) / sum_s' p_s'(y)}.
 *
 * <p>Labels smoothed by e are targets {@code q(k) = (1 - e) onehot(y)_k + e / K} of K classes: with
 * {@code a(k) = w(k) q(k)} the loss is the cross-entropy {@code L = -sum_k a(k) ln (1/S sum_s
 * p_s(k))}, and with {@code r_s(k)} as above {@code dL/dz_s(c) = p_s(c) sum_k a(k) r_s(k) - a(c)
 * r_s(c)}. Source: Szegedy et al. 2016, "Rethinking the Inception architecture for computer
 * vision", section 7; with weights as PyTorch's {@code CrossEntropyLoss} of one example.
 *
 * @param weights w by class, or empty where all are 1
 * @param smoothing e, at least 0 and below 1
 */
record Categorical(List<Double> weights, double smoothing) implements Likelihood {
  static final String NAME = "categorical";

  Categorical {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "the label smoothing is " + smoothing + ", expected at least 0 and below 1, such as 0.1");
    }
  }

  @Override
  public boolean takesMixed() {
    return true;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TargetKind kind() {
    return TargetKind.CLASSES;
  }

  @Override
  public List<String> targetNames() {
    return List.of();
  }

  @Override
  public Learned learned() {
    return new Learned(NAME, List.of(), List.of(), List.of(), List.of());
  }

  @Override
  public int outputs(Dataset dataset) {
    return dataset.classes();
  }

  @Override
  public Likelihood learn(Dataset train) {
    return this;
  }

  @Override
  public ValueDistribution distribution(float[][] logits, int row, int target, int outputs) {
    throw new IllegalStateException(
        "the likelihood is categorical, expected one of numbers: ask for class probabilities");
  }

  @Override
  public Likelihood balanced(Dataset train) {
    return new Categorical(ClassCounts.of(train).balancingWeights(), smoothing);
  }

  @Override
  public Likelihood smoothed(double smoothing) {
    return new Categorical(weights, smoothing);
  }

  @Override
  public Likelihood unweighted() {
    return new Categorical(List.of(), 0);
  }

  @Override
  public void requireFit(Dataset dataset, int outputs) {
    if (!dataset.targetNames().isEmpty()) {
      throw new IllegalArgumentException(
          dataset.name()
              + " has the numbers "
              + dataset.targetNames()
              + " as targets, expected classes for the categorical likelihood: train with another,"
              + " such as gaussian");
    }
    if (dataset.classes() != outputs) {
      throw new IllegalArgumentException(
          dataset.name()
              + " has "
              + dataset.classes()
              + " classes, expected "
              + outputs
              + ", the outputs of the module: create the module for this set's classes");
    }
    int[] all = IntStream.range(0, dataset.size()).toArray();
    requireFit(dataset.targets(all), outputs, i -> "example " + i + " of " + dataset.name());
  }

  @Override
  public void requireFit(Targets targets, int outputs, IntFunction<String> example) {
    if (targets instanceof Targets.Mixed mixed) {
      requireFit(mixed.first(), outputs, example);
      requireFit(mixed.second(), outputs, example);
      return;
    }
    int[] labels = classes(targets);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= outputs) {
        throw new IllegalArgumentException(
            example.apply(i)
                + " has the label "
                + labels[i]
                + ", expected 0 to "
                + (outputs - 1)
                + ": number the classes from 0");
      }
    }
  }

  @Override
  public double negativeLogLikelihood(
      float[][] logits, int row, Target target, double scale, float[][] gradients) {
    for (float[] gradient : gradients) {
      Arrays.fill(gradient, row, row + target.outputs(), 0);
    }
    if (target.targets() instanceof Targets.Mixed mixed) {
      double share = mixed.shares()[target.index()];
      double rest = 1 - share;
      return share * add(logits, row, target.of(mixed.first()), share * scale, gradients)
          + rest * add(logits, row, target.of(mixed.second()), rest * scale, gradients);
    }
    return add(logits, row, target, scale, gradients);
  }

  /** Returns the loss of one label and adds its gradient to {@code gradients}. */
  private double add(float[][] logits, int row, Target target, double scale, float[][] gradients) {
    int label = label(target);
    if (smoothing > 0) {
      return addSmoothed(logits, row, shares(label, target.outputs()), scale, gradients);
    }
    double weight = weight(label);
    return logits.length == 1
        ? weight * addOfOne(logits[0], row, target.outputs(), label, weight * scale, gradients[0])
        : weight * addOfMany(logits, row, target.outputs(), label, weight * scale, gradients);
  }

  /** Returns a: the share of each class in a smoothed label, times its weight. */
  private double[] shares(int label, int classes) {
    double[] shares = new double[classes];
    for (int k = 0; k < classes; k++) {
      shares[k] = weight(k) * ((k == label ? 1 - smoothing : 0) + smoothing / classes);
    }
    return shares;
  }

  private static double addSmoothed(
      float[][] logits, int row, double[] shares, double scale, float[][] gradients) {
    int samples = logits.length;
    int classes = shares.length;
    double[] logSums = new double[samples];
    for (int s = 0; s < samples; s++) {
      logSums[s] = Softmax.logSumExp(logits[s], row, classes);
    }
    double loss = 0;
    double[][] responsible = new double[samples][classes];
    for (int k = 0; k < classes; k++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < samples; s++) {
        largest = Math.max(largest, logits[s][row + k] - logSums[s]);
      }
      double sum = 0;
      for (int s = 0; s < samples; s++) {
        responsible[s][k] = Math.exp(logits[s][row + k] - logSums[s] - largest);
        sum += responsible[s][k];
      }
      for (int s = 0; s < samples; s++) {
        responsible[s][k] *= shares[k] / sum;
      }
      loss += shares[k] * (Math.log(samples) - largest - Math.log(sum));
    }
    for (int s = 0; s < samples; s++) {
      double all = Arrays.stream(responsible[s]).sum();
      for (int k = 0; k < classes; k++) {
        double probability = Math.exp(logits[s][row + k] - logSums[s]);
        gradients[s][row + k] += (float) (scale * (probability * all - responsible[s][k]));
      }
    }
    return loss;
  }

  private static double addOfMany(
      float[][] logits, int row, int classes, int label, double scale, float[][] gradients) {
    int samples = logits.length;
    double[] logSums = new double[samples];
    double[] logLikelihoods = new double[samples];
    double largest = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < samples; s++) {
      logSums[s] = Softmax.logSumExp(logits[s], row, classes);
      logLikelihoods[s] = logits[s][row + label] - logSums[s];
      largest = Math.max(largest, logLikelihoods[s]);
    }
    double sum = 0;
    for (double logLikelihood : logLikelihoods) {
      sum += Math.exp(logLikelihood - largest);
    }
    for (int s = 0; s < samples; s++) {
      double responsibility = Math.exp(logLikelihoods[s] - largest) / sum;
      for (int k = 0; k < classes; k++) {
        double probability = Math.exp(logits[s][row + k] - logSums[s]);
        gradients[s][row + k] +=
            (float) (scale * responsibility * (probability - (k == label ? 1 : 0)));
      }
    }
    return Math.log(samples) - largest - Math.log(sum);
  }

  /** Computes the loss and gradient of a single sample, without arrays. */
  private static double addOfOne(
      float[] logits, int row, int classes, int label, double scale, float[] gradients) {
    double logSum = Softmax.logSumExp(logits, row, classes);
    for (int k = 0; k < classes; k++) {
      double probability = Math.exp(logits[row + k] - logSum);
      gradients[row + k] += (float) (scale * (probability - (k == label ? 1 : 0)));
    }
    return logSum - logits[row + label];
  }

  @Override
  public double[] information(float[] logits, int row, int classes) {
    double logSum = Softmax.logSumExp(logits, row, classes);
    double[] information = new double[classes * classes];
    for (int k = 0; k < classes; k++) {
      double p = Math.exp(logits[row + k] - logSum);
      information[k * classes + k] = p;
      for (int l = 0; l < classes; l++) {
        information[k * classes + l] -= p * Math.exp(logits[row + l] - logSum);
      }
    }
    return information;
  }

  private double weight(int label) {
    return weights.isEmpty() ? 1 : weights.get(label);
  }

  /**
   * Returns 1 if the most probable class, averaged over samples, is correct, and else 0; of mixed
   * targets the share of the correct one.
   */
  @Override
  public double score(float[][] logits, int row, Target target) {
    if (target.targets() instanceof Targets.Mixed mixed) {
      double share = mixed.shares()[target.index()];
      return share * score(logits, row, target.of(mixed.first()))
          + (1 - share) * score(logits, row, target.of(mixed.second()));
    }
    int label = label(target);
    if (logits.length == 1) {
      for (int k = 0; k < target.outputs(); k++) {
        if (logits[0][row + k] > logits[0][row + label]) {
          return 0;
        }
      }
      return 1;
    }
    double[] probabilities = new double[target.outputs()];
    for (float[] sample : logits) {
      double logSum = Softmax.logSumExp(sample, row, target.outputs());
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] += Math.exp(sample[row + k] - logSum);
      }
    }
    for (double probability : probabilities) {
      if (probability > probabilities[label]) {
        return 0;
      }
    }
    return 1;
  }

  private int label(Target target) {
    int label = classes(target.targets())[target.index()];
    if (label < 0 || label >= target.outputs()) {
      requireFit(target.targets(), target.outputs(), i -> "example " + i);
    }
    return label;
  }

  private static int[] classes(Targets targets) {
    if (targets instanceof Targets.Labels labels) {
      return labels.classes();
    }
    throw new IllegalArgumentException(
        "the targets are numbers, expected classes for the categorical likelihood: train with"
            + " another, such as gaussian");
  }

  @Override
  public Score score(double sum, int observations) {
    return new Score(Score.ACCURACY, sum / observations);
  }

  @Override
  public Assessment assess(int outputs, int samples) {
    return new MeanProbabilities(outputs, samples);
  }

  /** Measures class probabilities averaged over posterior samples. */
  private final class MeanProbabilities implements Assessment {
    private final int classes;
    private final int samples;
    private final MetricsCollector metrics = new MetricsCollector();
    private double lossSum;
    private int examples;

    MeanProbabilities(int classes, int samples) {
      this.classes = classes;
      this.samples = samples;
    }

    @Override
    public void add(Targets targets, List<float[]> logits) {
      double[] mean = new double[targets.count() * classes];
      for (float[] sample : logits) {
        double[] probabilities = Normalisation.SOFTMAX.probabilities(sample, classes);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += probabilities[i] / samples;
        }
      }
      for (int i = 0; i < targets.count(); i++) {
        int label = Categorical.classes(targets)[i];
        metrics.add(mean, i * classes, classes, label);
        lossSum -= weight(label) * Math.log(Math.max(mean[i * classes + label], Double.MIN_NORMAL));
      }
      examples += targets.count();
    }

    @Override
    public double loss() {
      return lossSum / examples;
    }

    @Override
    public double nll() {
      return metrics.metrics().nll();
    }

    @Override
    public Score score() {
      return new Score(Score.ACCURACY, metrics.metrics().accuracy());
    }
  }

  @Override
  public String toString() {
    return NAME;
  }
}
