package io.github.posteriori.moments;

import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ScaleAndShift;

/**
 * Batch normalisation by running statistics, which is affine ({@link ScaleAndShift}): a mean
 * becomes a mean + b and a variance a^2 variance.
 */
final class ChannelScaling implements MomentMap {
  private final BatchNormLayer layer;

  ChannelScaling(BatchNormLayer layer) {
    this.layer = layer;
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    ScaleAndShift by = ScaleAndShift.of(layer);
    float[] means = spare.take(x.means().length);
    float[] variances = spare.take(x.variances().length);
    int numbers = means.length / by.channels();
    for (int c = 0; c < by.channels(); c++) {
      float a = (float) by.scales()[c];
      float b = (float) by.shifts()[c];
      affine(x.means(), a, b, means, c * numbers, (c + 1) * numbers);
      if (!x.isExact()) {
        affine(x.variances(), a * a, 0, variances, c * numbers, (c + 1) * numbers);
      }
    }
    return new Moments(x.count(), means, variances);
  }

  private static void affine(float[] x, float a, float b, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = a * x[i] + b;
    }
  }
}
