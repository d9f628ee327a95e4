package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;

/**
 * Smooths along one axis by a Gaussian, cut off and mirrored at the border.
 *
 * @param first for each position the first that contributes to it
 * @param weights for each position the weights from there on, which add up to 1
 */
record GaussianFilter(int[] first, float[][] weights) {

  /**
   * Creates the filter of an axis.
   *
   * @param sigma in pixels
   * @param deviations of sigma after which it is cut off
   */
  static GaussianFilter of(int size, double sigma, double deviations) {
    int reach = (int) (deviations * sigma + 0.5);
    double[] bell = new double[reach + 1];
    double sum = 0;
    for (int i = 0; i <= reach; i++) {
      bell[i] = sigma == 0 ? 1 : StrictMath.exp(-0.5 * i * i / (sigma * sigma));
      sum += (i == 0 ? 1 : 2) * bell[i];
    }
    GaussianFilter filter = new GaussianFilter(new int[size], new float[size][]);
    for (int i = 0; i < size; i++) {
      double[] all = new double[size];
      for (int k = -reach; k <= reach; k++) {
        all[Mirrored.index(i + k, size)] += bell[Math.abs(k)] / sum;
      }
      int from = Math.max(0, i - reach);
      int to = Math.min(size - 1, i + reach);
      filter.first[i] = from;
      filter.weights[i] = new float[to - from + 1];
      for (int k = from; k <= to; k++) {
        filter.weights[i][k - from] = (float) all[k];
      }
    }
    return filter;
  }

  /** Smooths an image along both axes. */
  static void smooth(Shape.Image shape, float[] image, double sigma, double deviations) {
    int height = shape.height();
    int width = shape.width();
    GaussianFilter rows = of(height, sigma, deviations);
    GaussianFilter columns = of(width, sigma, deviations);
    float[] column = new float[height];
    float[] row = new float[width];
    for (int plane = 0; plane < image.length; plane += height * width) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(image, plane + y * width, row, 0, width);
        columns.along(row, image, plane + y * width, 1);
      }
      for (int x = 0; x < width; x++) {
        for (int y = 0; y < height; y++) {
          column[y] = image[plane + y * width + x];
        }
        rows.along(column, image, plane + x, width);
      }
    }
  }

  private void along(float[] values, float[] target, int start, int stride) {
    for (int i = 0; i < values.length; i++) {
      float[] own = weights[i];
      float sum = 0;
      for (int k = 0; k < own.length; k++) {
        sum += own[k] * values[first[i] + k];
      }
      target[start + i * stride] = sum;
    }
  }
}
