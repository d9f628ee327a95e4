package io.github.posteriori.likelihood;

import io.github.posteriori.uncertainty.GaussianMixture;
import io.github.posteriori.uncertainty.ValueDistribution;
import java.util.Optional;

/**
 * The Gaussian likelihood of numbers whose noise depends on the input. Of K targets the first K
 * outputs are means z, the last K raw scales r, both in standardised units: with {@code u = (y - m)
 * / d} and the standard deviation {@code s = softplus(r) + 0.001}, {@code ln p(y) = -ln s - 1/2
 * ln(2 pi) - (u - z)^2 / (2 s^2) - ln d}. Its derivatives are {@code (u - z) / s^2} by z and {@code
 * ((u - z)^2 / s^2 - 1) / s sigmoid(r)} by r.
 *
 * <p>Softplus, unlike the exponential of a log-variance, grows no faster than its input, so a scale
 * far from the training data stays finite. Source of the two outputs: Nix and Weigend 1994,
 * "Estimating the mean and variance of the target probability distribution".
 */
record HeteroscedasticGaussian(TargetScale scale) implements NumericLikelihood {
  static final String NAME = "heteroscedastic";

  /** The least standard deviation, so that targets without noise keep a density. */
  private static final double LEAST_DEVIATION = 1e-3;

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
  public HeteroscedasticGaussian withScale(TargetScale scale) {
    return new HeteroscedasticGaussian(scale);
  }

  @Override
  public int outputsPerTarget() {
    return 2;
  }

  private static double deviation(double raw) {
    return Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw))) + LEAST_DEVIATION;
  }

  @Override
  public double logLikelihood(
      float[] outputs, int row, int targets, int k, double value, double[] gradient) {
    double raw = outputs[row + targets + k];
    double deviation = deviation(raw);
    double error = ((value - scale.mean(k)) / scale.deviation(k) - outputs[row + k]) / deviation;
    gradient[k] = error / deviation;
    gradient[targets + k] = (error * error - 1) / deviation / (1 + Math.exp(-raw));
    return -Math.log(deviation)
        - 0.5 * (Math.log(2 * Math.PI) + error * error)
        - Math.log(scale.deviation(k));
  }

  /** Computes {@code 1 / s^2} of z and {@code 2 (sigmoid(r) / s)^2} of r. */
  @Override
  public void information(float[] outputs, int row, int targets, int k, double[] diagonal) {
    double raw = outputs[row + targets + k];
    double deviation = deviation(raw);
    double slope = 1 / (1 + Math.exp(-raw)) / deviation;
    diagonal[k] = 1 / (deviation * deviation);
    diagonal[targets + k] = 2 * slope * slope;
  }

  @Override
  public double mean(float[] outputs, int row, int targets, int k) {
    return scale.mean(k) + scale.deviation(k) * outputs[row + k];
  }

  @Override
  public ValueDistribution distribution(float[][] logits, int row, int target, int outputs) {
    double[] means = new double[logits.length];
    double[] deviations = new double[logits.length];
    int targets = outputs / 2;
    for (int s = 0; s < means.length; s++) {
      means[s] = mean(logits[s], row, targets, target);
      deviations[s] = scale.deviation(target) * deviation(logits[s][row + targets + target]);
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
  public String toString() {
    return NAME;
  }
}
