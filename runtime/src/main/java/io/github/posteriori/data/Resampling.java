package io.github.posteriori.data;

import java.util.Arrays;

/**
 * Resizes along one axis with a triangle filter, as Pillow's {@code BILINEAR} does: bilinear
 * interpolation to enlarge, an average over the area of each pixel to shrink.
 *
 * @param first for each target position the first source position that contributes
 * @param weights for each target position the weights from there on, which add up to 1
 */
record Resampling(int[] first, float[][] weights) {

  static Resampling between(int source, int target) {
    Resampling result = new Resampling(new int[target], new float[target][]);
    double scale = (double) source / target;
    double reach = Math.max(1, scale);
    for (int i = 0; i < target; i++) {
      double centre = (i + 0.5) * scale;
      int from = Math.max(0, (int) Math.floor(centre - reach));
      int to = Math.min(source, (int) Math.ceil(centre + reach));
      double[] weights = new double[to - from];
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        weights[k] = Math.max(0, 1 - Math.abs(from + k + 0.5 - centre) / reach);
        sum += weights[k];
      }
      // An axis that keeps its length has one weight other than 0 each.
      int first = 0;
      int last = weights.length - 1;
      while (weights[first] == 0) {
        first++;
      }
      while (weights[last] == 0) {
        last--;
      }
      result.first[i] = from + first;
      result.weights[i] = new float[last - first + 1];
      for (int k = first; k <= last; k++) {
        result.weights[i][k - first] = (float) (weights[k] / sum);
      }
    }
    return result;
  }

  /** Resizes {@code values} into {@code target}. */
  void along(float[] values, float[] target) {
    if (values.length == target.length) {
      System.arraycopy(values, 0, target, 0, target.length);
      return;
    }
    for (int i = 0; i < target.length; i++) {
      float[] own = weights[i];
      float sum = 0;
      for (int k = 0; k < own.length; k++) {
        sum += own[k] * values[first[i] + k];
      }
      target[i] = sum;
    }
  }

  /** Writes row {@code i} of those that {@code rows} resize to into {@code target}. */
  void across(int i, float[][] rows, float[] target) {
    Arrays.fill(target, 0);
    for (int k = 0; k < weights[i].length; k++) {
      float weight = weights[i][k];
      float[] row = rows[first[i] + k];
      for (int x = 0; x < target.length; x++) {
        target[x] += weight * row[x];
      }
    }
  }
}
