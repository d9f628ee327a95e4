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
  private final float[][] chunks = new float[6][CHUNK];
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

  /** One of a few arrays of {@link #CHUNK} numbers. */
  float[] chunk(int index) {
    return chunks[index];
  }

  /** For noise that all images share. */
  LaneNoise noise() {
    return noise;
  }
}
