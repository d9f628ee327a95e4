package io.github.posteriori.engine.vector;

import io.github.posteriori.noise.LaneNoise;
import java.util.HashMap;
import java.util.Map;

/** What a worker needs beside its blocks. */
final class Scratch {
  /** Weights that are worked on at a time. */
  static final int CHUNK = 1 << 12;

  private float[] sums = new float[0];
  private float[] location = new float[0];
  private float[] variance = new float[0];
  private final int[] images = rowStarts(1);
  private final Map<Integer, int[]> rows = new HashMap<>();
  private final float[][] chunks = new float[6][CHUNK];
  private final LaneNoise noise = new LaneNoise(Lanes.FULL);

  /** An array of {@code size} numbers or more, whatever they are. */
  float[] sums(int size) {
    if (sums.length < size) {
      sums = new float[size];
    }
    return sums;
  }

  /** 0, 1, 2 and so on: one number an image. */
  int[] images() {
    return images;
  }

  /** 0, size, 2 size and so on: one row an image. */
  int[] rows(int size) {
    return rows.computeIfAbsent(size, Scratch::rowStarts);
  }

  /** Makes room for so many weights. */
  void reserve(int weights) {
    if (location.length < weights) {
      location = new float[weights];
      variance = new float[weights];
    }
  }

  /** What the weights are multiplied by: their means or a draw. */
  float[] location() {
    return location;
  }

  /** Their variances. */
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

  private static int[] rowStarts(int size) {
    int[] starts = new int[Lanes.FULL];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i * size;
    }
    return starts;
  }
}
