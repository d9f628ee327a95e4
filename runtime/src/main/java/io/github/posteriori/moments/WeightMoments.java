package io.github.posteriori.moments;

import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.ScaleAndShift;
import io.github.posteriori.layers.Weight;

/**
 * What the moments of an affine layer's outputs need of its weights, or biases.
 *
 * @param means mu
 * @param variances sigma^2; zeros where the layer does not sample
 * @param squares mu^2 + sigma^2
 */
record WeightMoments(float[] means, float[] variances, float[] squares) {

  /** Reads the present weights, or biases, of a layer. */
  static WeightMoments of(Weight weight, Estimator estimator) {
    double[] mu = weight.location().numbers();
    double[] sigma =
        samples(weight, estimator)
            ? weight.posterior().map(Posterior::sigmas).orElseThrow()
            : new double[mu.length];
    float[] means = new float[mu.length];
    float[] variances = new float[mu.length];
    float[] squares = new float[mu.length];
    for (int i = 0; i < mu.length; i++) {
      means[i] = (float) mu[i];
      variances[i] = (float) (sigma[i] * sigma[i]);
      squares[i] = (float) (mu[i] * mu[i] + sigma[i] * sigma[i]);
    }
    return new WeightMoments(means, variances, squares);
  }

  /** Returns the moments of so many numbers that are 0. */
  static WeightMoments zeros(int count) {
    return new WeightMoments(new float[count], new float[count], new float[count]);
  }

  /** Returns the moments of a w, where each channel has as many neighbouring w. */
  WeightMoments scaled(ScaleAndShift by) {
    WeightMoments scaled = zeros(means.length);
    int perChannel = means.length / by.channels();
    for (int i = 0; i < means.length; i++) {
      double a = by.scales()[i / perChannel];
      scaled.means[i] = (float) (a * means[i]);
      scaled.variances[i] = (float) (a * a * variances[i]);
      scaled.squares[i] = (float) (a * a * squares[i]);
    }
    return scaled;
  }

  /** Returns the moments of w + b, of one w a channel. */
  WeightMoments shifted(ScaleAndShift by) {
    WeightMoments shifted = zeros(means.length);
    for (int i = 0; i < means.length; i++) {
      double mean = means[i] + by.shifts()[i];
      shifted.means[i] = (float) mean;
      shifted.variances[i] = variances[i];
      shifted.squares[i] = (float) (mean * mean + variances[i]);
    }
    return shifted;
  }

  /** Returns whether a layer's weights, or biases, vary from sample to sample. */
  static boolean vary(AffineLayer layer) {
    return samples(layer.weight(), layer.estimator());
  }

  private static boolean samples(Weight weight, Estimator estimator) {
    return estimator != Estimator.POINT && weight.posterior().isPresent();
  }
}
