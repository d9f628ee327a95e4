package io.github.posteriori.moments;

import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.Shape;

/**
 * Batch normalisation by running statistics, which is affine: a mean becomes a mean + b and a
 * variance a^2 variance, with a = gamma / sqrt(running variance + 1e-5) and b = beta - a running
 * mean.
 */
final class ChannelScaling implements MomentMap {
  private final BatchNormLayer layer;
  private final int channels;

  ChannelScaling(BatchNormLayer layer) {
    this.layer = layer;
    this.channels =
        layer.input() instanceof Shape.Image image ? image.channels() : layer.input().size();
  }

  @Override
  public Moments forward(Moments x) {
    double[] gamma = layer.scale().numbers();
    double[] beta = layer.shift().numbers();
    double[] runningMean = layer.runningMean().numbers();
    double[] runningVariance = layer.runningVariance().numbers();
    float[] means = new float[x.means().length];
    float[] variances = new float[x.variances().length];
    int numbers = means.length / channels;
    for (int c = 0; c < channels; c++) {
      double a = gamma[c] / Math.sqrt(runningVariance[c] + BatchNormLayer.EPSILON);
      for (int i = c * numbers; i < (c + 1) * numbers; i++) {
        means[i] = (float) (a * (x.means()[i] - runningMean[c]) + beta[c]);
        if (!x.isExact()) {
          variances[i] = (float) (a * a * x.variances()[i]);
        }
      }
    }
    return new Moments(x.count(), means, variances);
  }
}
