package io.github.posteriori.likelihood;

import io.github.posteriori.uncertainty.GaussianMixture;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The Gaussian likelihood of numbers with one variance for each target, the same for all inputs.
 * The outputs are means in standardised units: with {@code u = (y - m) / d}, {@code ln p(y) = -1/2
 * ln(2 pi v) - (u - z)^2 / (2 v) - ln d}, whose derivative by z is {@code (u - z) / v}.
 *
 * <p>The variances v are no weights of a layer: given the posterior of the weights, the v that
 * maximises the evidence lower bound is the mean over the training set of the expected squared
 * error. They follow it by online expectation maximisation, {@code v := v + (B/N) (e - v)}, where e
 * is that mean over a batch of B of N examples. Source: Cappé and Moulines 2009, "On-line
 * expectation-maximization algorithm for latent data models".
 *
 * @param variances v, in squares of the targets' deviations; empty before training, where all are 1
 */
record Gaussian(TargetScale scale, List<Double> variances) implements NumericLikelihood {
  static final String NAME = "gaussian";

  /** The least variance, so that targets without noise keep a density. */
  static final double LEAST_VARIANCE = 1e-6;

  Gaussian {
    variances = List.copyOf(variances);
    if (!variances.isEmpty() && variances.size() != scale.names().size()) {
      throw new IllegalArgumentException(
          "%s targets have %s variances, expected one for each"
              .formatted(scale.names().size(), variances.size()));
    }
    for (double variance : variances) {
      if (!(variance > 0 && Double.isFinite(variance))) {
        throw new IllegalArgumentException(
            "a variance is " + variance + ", expected a finite number above 0");
      }
    }
  }

  @Override
  public boolean takesMixed() {
    return false;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TargetKind kind() {
    return TargetKind.VALUES;
  }

  @Override
  public Gaussian withScale(TargetScale scale) {
    return new Gaussian(scale, Collections.nCopies(scale.names().size(), 1.0));
  }

  private double variance(int target) {
    return variances.isEmpty() ? 1 : variances.get(target);
  }

  @Override
  public double logLikelihood(
      float[] outputs, int row, int targets, int k, double value, double[] gradient) {
    double variance = variance(k);
    double error = error(outputs[row + k], k, value);
    gradient[k] = error / variance;
    return -0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance)
        - Math.log(scale.deviation(k));
  }

  /** Computes {@code 1 / v}. */
  @Override
  public void information(float[] outputs, int row, int targets, int k, double[] diagonal) {
    diagonal[k] = 1 / variance(k);
  }

  private double error(double output, int k, double value) {
    return (value - scale.mean(k)) / scale.deviation(k) - output;
  }

  @Override
  public double mean(float[] outputs, int row, int targets, int k) {
    return scale.mean(k) + scale.deviation(k) * outputs[row + k];
  }

  @Override
  public ValueDistribution distribution(float[][] logits, int row, int target, int outputs) {
    double deviation = Math.sqrt(variance(target)) * scale.deviation(target);
    double[] means = new double[logits.length];
    double[] deviations = new double[logits.length];
    for (int s = 0; s < means.length; s++) {
      means[s] = mean(logits[s], row, outputs, target);
      deviations[s] = deviation;
    }
    return new GaussianMixture(means, deviations);
  }

  @Override
  public Optional<String> misfit(float value) {
    return Float.isFinite(value)
        ? Optional.empty()
        : Optional.of("a finite number: leave the example out");
  }

  @Override
  public int statistics(int outputs) {
    return outputs;
  }

  /** Computes the squared error of each target, expected over the samples by responsibility. */
  @Override
  public double[] observe(float[][] logits, int row, Target target) {
    return expectedSquares(logits, row, target, this::error);
  }

  @Override
  public Gaussian learn(double[] means, double share) {
    return new Gaussian(
        scale,
        IntStream.range(0, means.length)
            .mapToObj(k -> variance(k) + share * (means[k] - variance(k)))
            .map(variance -> Math.max(variance, LEAST_VARIANCE))
            .toList());
  }

  @Override
  public Gaussian pooled(List<Likelihood> members) {
    List<List<Double>> all = members.stream().map(each -> each.learned().variances()).toList();
    if (all.stream().allMatch(variances::equals)) {
      return this;
    }
    return new Gaussian(
        scale,
        IntStream.range(0, variances.size())
            .mapToObj(k -> all.stream().mapToDouble(each -> each.get(k)).average().orElseThrow())
            .toList());
  }

  @Override
  public Learned learned() {
    return new Learned(NAME, scale.names(), scale.means(), scale.deviations(), variances);
  }

  @Override
  public String toString() {
    return NAME;
  }
}
