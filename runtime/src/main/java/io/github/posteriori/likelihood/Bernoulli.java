package io.github.posteriori.likelihood;

import io.github.posteriori.uncertainty.BernoulliMixture;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Bernoulli likelihood of several labels at once, each with a logit z of its own: {@code p =
 * sigmoid(z)}, {@code ln p(y) = y z - softplus(z)}, whose derivative by z is {@code y - p}. Labels
 * mixed of two examples are shares between 0 and 1. Source: Bishop 2006, "Pattern recognition and
 * machine learning", 4.3.2.
 */
record Bernoulli(TargetScale scale) implements NumericLikelihood {
  static final String NAME = "bernoulli";

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
    return TargetKind.LABELS;
  }

  @Override
  public Bernoulli withScale(TargetScale scale) {
    return new Bernoulli(scale);
  }

  @Override
  public double logLikelihood(
      float[] outputs, int row, int targets, int k, double value, double[] gradient) {
    double logit = outputs[row + k];
    gradient[k] = value - sigmoid(logit);
    return value * logit - Math.max(logit, 0) - Math.log1p(Math.exp(-Math.abs(logit)));
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Override
  public double mean(float[] outputs, int row, int targets, int k) {
    return sigmoid(outputs[row + k]);
  }

  @Override
  public ValueDistribution distribution(float[][] logits, int row, int target, int outputs) {
    return new BernoulliMixture(
        Arrays.stream(logits).mapToDouble(z -> mean(z, row, outputs, target)).toArray());
  }

  @Override
  public Optional<String> misfit(float value) {
    return value == 0 || value == 1
        ? Optional.empty()
        : Optional.of("1 where the label holds and 0 where it does not: write these");
  }

  /** Returns the share of the label that is predicted correctly, at a probability of 1/2. */
  @Override
  public double contribution(double mean, double value) {
    return mean >= 0.5 ? value : 1 - value;
  }

  @Override
  public Score score(double sum, int observations) {
    return new Score(Score.ACCURACY, sum / observations);
  }

  @Override
  public String toString() {
    return NAME;
  }
}
