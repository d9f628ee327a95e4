package io.github.posteriori.likelihood;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.BernoulliMixture;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Bernoulli likelihood of several labels at once, each with a logit z of its own: {@code p =
 * sigmoid(z)}, {@code ln p(y) = y z - softplus(z)}, whose derivative by z is {@code y - p}. Labels
 * mixed of two examples are shares between 0 and 1. Source: Bishop 2006, "Pattern recognition and
 * machine learning", 4.3.2.
 *
 * <p>Balanced, each label has weights of its own, {@code ln p(y) = w1 y ln p + w0 (1 - y) ln(1 -
 * p)}, whose derivative by z is {@code w1 y (1 - p) - w0 (1 - y) p}. Where a share f of the
 * training examples has the label, {@code w1 = 1 / 2f} and {@code w0 = 1 / 2(1 - f)}, so that both
 * sides count alike and the mean weight is 1; a label of all or of none has the weight 1. Source:
 * King and Zeng 2001, "Logistic regression in rare events data", weighting.
 *
 * @param scale the means of which are the shares f
 */
record Bernoulli(TargetScale scale, boolean isBalanced) implements NumericLikelihood {
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
    return new Bernoulli(scale, isBalanced);
  }

  @Override
  public Bernoulli balanced(Dataset train) {
    return new Bernoulli(TargetScale.of(train), true);
  }

  @Override
  public Bernoulli unweighted() {
    return isBalanced ? new Bernoulli(scale, false) : this;
  }

  @Override
  public double logLikelihood(
      float[] outputs, int row, int targets, int k, double value, double[] gradient) {
    double logit = outputs[row + k];
    double softplus = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    if (!isBalanced) {
      gradient[k] = value - sigmoid(logit);
      return value * logit - softplus;
    }
    double holds = weight(scale.mean(k)) * value;
    double not = weight(1 - scale.mean(k)) * (1 - value);
    gradient[k] = holds * sigmoid(-logit) - not * sigmoid(logit);
    return holds * (logit - softplus) - not * softplus;
  }

  /** Returns the weight of the examples of one side of a label, given their share. */
  private static double weight(double share) {
    return share > 0 && share < 1 ? 0.5 / share : 1;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /** Computes {@code p (1 - p)}. */
  @Override
  public void information(float[] outputs, int row, int targets, int k, double[] diagonal) {
    double logit = outputs[row + k];
    diagonal[k] = sigmoid(logit) * sigmoid(-logit);
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
