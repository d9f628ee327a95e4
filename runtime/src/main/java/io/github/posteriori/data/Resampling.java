package io.github.posteriori.data;

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
      result.first[i] = from;
      result.weights[i] = new float[weights.length];
      for (int k = 0; k < weights.length; k++) {
        result.weights[i][k] = (float) (weights[k] / sum);
      }
    }
    return result;
  }

  /** Returns the value at target position {@code i} for the source {@code values}. */
  float at(int i, float[] values) {
    float sum = 0;
    for (int k = 0; k < weights[i].length; k++) {
      sum += weights[i][k] * values[first[i] + k];
    }
    return sum;
  }
}
