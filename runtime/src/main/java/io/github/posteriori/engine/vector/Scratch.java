package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.LaneNoise;
import io.github.posteriori.engine.vector.kernel.Lanes;

/** What a worker needs beside its blocks. */
final class Scratch {
  /** Weights that are worked on at a time. */
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

  /** An array of {@code size} numbers or more, whatever they are. */
  float[] sums(int size) {
    if (sums.length < size) {
      sums = new float[size];
    }
    return sums;
  }

  /** Makes room for so many weights. */
  void reserve(int weights) {
    if (location.length < weights) {
      location = new float[weights];
      variance = new float[weights];
    }
  }

  /** What the weights are multiplied by, their means or a draw; then the gradient by it. */
  float[] location() {
    return location;
  }

  /** Their variances; then the gradient by them. */
  float[] variance() {
    return variance;
  }

  /** Means of a chunk of weights. */
  float[] mu() {
    return mu;
  }

  /** What sigma is the softplus of. */
  float[] rho() {
    return rho;
  }

  /** Standard deviations. */
  float[] sigma() {
    return sigma;
  }

  /** The derivative of sigma by rho; on the way forward a workspace for sigma. */
  float[] slope() {
    return slope;
  }

  /** The terms of the KL divergence, one for each weight, while weights are prepared. */
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

  /** Whatever the noise, or who takes the gradients, needs beside them. */
  float[] workspace() {
    return workspace;
  }

  /** For noise that all images share. */
  LaneNoise noise() {
    return noise;
  }
}
