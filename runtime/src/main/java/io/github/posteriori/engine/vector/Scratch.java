package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.LaneNoise;
import io.github.posteriori.engine.vector.kernel.Lanes;

/**
 * Arrays of one worker, named by what they hold while weights are prepared and finished. Those of
 * weights hold a chunk, some thousand at a time, so that they stay in the first caches; contents do
 * not outlast the call that wrote them.
 */
final class Scratch {
  /** Weights of a chunk. */
  static final int CHUNK = 1 << 12;

  private float[] sums = new float[0];
  private float[] location = new float[0];
  private float[] variance = new float[0];
  private final float[] mu = new float[CHUNK];
  private final float[] rho = new float[CHUNK];
  private final float[] sigma = new float[CHUNK];
  private final float[] slope = new float[CHUNK];
  private final float[] byLocation = new float[CHUNK];
  private final float[] bySigma = new float[CHUNK];
  private final float[] workspace = new float[CHUNK];
  private final LaneNoise noise = new LaneNoise(Lanes.FULL);

  /** Returns an array of {@code size} floats or more, with undefined contents. */
  float[] sums(int size) {
    if (sums.length < size) {
      sums = new float[size];
    }
    return sums;
  }

  /** Reserves {@link #location} and {@link #variance} for {@code weights} weights. */
  void reserve(int weights) {
    if (location.length < weights) {
      location = new float[weights];
      variance = new float[weights];
    }
  }

  /**
   * The values that inputs are multiplied by, means or a draw; on the way back the gradient by
   * these.
   */
  float[] location() {
    return location;
  }

  /** The variances of the weights; on the way back the gradient by these. */
  float[] variance() {
    return variance;
  }

  /** The means of a chunk of weights. */
  float[] mu() {
    return mu;
  }

  /** The parameters rho, with sigma = softplus(rho). */
  float[] rho() {
    return rho;
  }

  /** The standard deviations. */
  float[] sigma() {
    return sigma;
  }

  /** The derivative of sigma by rho; a workspace where only sigma is wanted. */
  float[] slope() {
    return slope;
  }

  /** The KL divergence of each weight, while weights are prepared. */
  float[] divergence() {
    return byLocation;
  }

  /** The gradient by the locations of a chunk, when weights are finished; shares an array. */
  float[] byLocation() {
    return byLocation;
  }

  /** The gradient by sigma of a chunk; then by rho. */
  float[] bySigma() {
    return bySigma;
  }

  /** A workspace for the noise, and for the sink of the gradients. */
  float[] workspace() {
    return workspace;
  }

  /** The source of noise that all images share. */
  LaneNoise noise() {
    return noise;
  }
}
