package io.github.posteriori.likelihood;

import io.github.posteriori.uncertainty.PoissonMixture;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The Poisson likelihood of counts. An output z is the logarithm of the rate in units of the mean m
 * of the training set, {@code rate = m exp(z)}: {@code ln p(y) = y ln rate - rate - ln y!}, whose
 * derivative by z is {@code y - rate}. Source: McCullagh and Nelder 1989, "Generalized linear
 * models".
 */
record Poisson(TargetScale scale) implements NumericLikelihood {
  static final String NAME = "poisson";

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
  public Poisson withScale(TargetScale scale) {
    return new Poisson(scale);
  }

  @Override
  public double logLikelihood(
      float[] outputs, int row, int targets, int k, double value, double[] gradient) {
    double logRate = Math.log(unit(k)) + outputs[row + k];
    double rate = Math.exp(logRate);
    gradient[k] = value - rate;
    return value * logRate - rate - LogGamma.value(value + 1);
  }

  /** Computes the variance of {@code y - rate}, which is the rate. */
  @Override
  public void information(float[] outputs, int row, int targets, int k, double[] diagonal) {
    diagonal[k] = mean(outputs, row, targets, k);
  }

  /** The rate at the output 0: the mean count of the training set, or 1 where all counts are 0. */
  private double unit(int target) {
    double mean = scale.mean(target);
    return mean > 0 ? mean : 1;
  }

  @Override
  public double mean(float[] outputs, int row, int targets, int k) {
    return unit(k) * Math.exp(outputs[row + k]);
  }

  @Override
  public ValueDistribution distribution(float[][] logits, int row, int target, int outputs) {
    return new PoissonMixture(
        Arrays.stream(logits).mapToDouble(z -> mean(z, row, outputs, target)).toArray());
  }

  @Override
  public Optional<String> misfit(float value) {
    return value >= 0 && value == Math.rint(value) && Float.isFinite(value)
        ? Optional.empty()
        : Optional.of("a count, 0, 1, 2, ...: regress other numbers with the gaussian likelihood");
  }

  @Override
  public String toString() {
    return NAME;
  }
}
