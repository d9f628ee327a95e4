package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.Shape;

/**
 * Batch normalisation outside training, with the running statistics, {@code y = a x + b} in each
 * channel, where {@code a = gamma / sqrt(variance + 1e-5)} and {@code b = beta - mean a}.
 */
final class FixedNormalisation {
  private final BatchNormLayer layer;
  private final float[] variance;
  private final float[] mean;
  private final float[] scale;
  private final float[] shift;
  private final float[] factor;
  private final float[] offset;

  FixedNormalisation(BatchNormLayer layer) {
    this.layer = layer;
    this.variance = new float[channels(layer)];
    this.mean = new float[channels(layer)];
    this.scale = new float[channels(layer)];
    this.shift = new float[channels(layer)];
    this.factor = new float[channels(layer)];
    this.offset = new float[channels(layer)];
  }

  /** The channels of what a layer takes; features are channels of one pixel. */
  static int channels(BatchNormLayer layer) {
    return layer.input() instanceof Shape.Image image ? image.channels() : layer.input().size();
  }

  /** Reads the parameters, which may have changed since the last run. */
  void read() {
    layer.runningVariance().read(variance);
    layer.runningMean().read(mean);
    layer.scale().read(scale);
    layer.shift().read(shift);
    for (int channel = 0; channel < factor.length; channel++) {
      double a = scale[channel] / Math.sqrt(variance[channel] + BatchNormLayer.EPSILON);
      factor[channel] = (float) a;
      offset[channel] = (float) (shift[channel] - mean[channel] * a);
    }
  }

  float factor(int channel) {
    return factor[channel];
  }

  float offset(int channel) {
    return offset[channel];
  }

  /**
   * Computes y = f(a x + b), a few numbers at a time, which stay in the cache until they are
   * activated.
   *
   * @param activation f, or null
   * @param slope gets f', or null
   */
  static void run(
      float[] x,
      int from,
      float a,
      float b,
      ActivationLayer activation,
      LaneBlock block,
      float[] y,
      float[] slope,
      int to,
      int count) {
    if (activation == null) {
      Elementwise.affine(x, from, a, b, y, to, count);
      return;
    }
    float[] row = block.workspace(Workspace.ROW, Workspaces.TOGETHER);
    for (int i = 0; i < count; i += Workspaces.TOGETHER) {
      int together = Math.min(Workspaces.TOGETHER, count - i);
      Elementwise.affine(x, from + i, a, b, row, LEAD, together);
      ActivationLoops.run(activation.function(), row, LEAD, y, slope, to + i, together);
    }
  }
}
