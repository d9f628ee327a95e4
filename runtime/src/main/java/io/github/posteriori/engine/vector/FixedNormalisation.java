package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ScaleAndShift;
import io.github.posteriori.layers.Shape;

/**
 * Batch normalisation outside training, by its {@link ScaleAndShift}: {@code y = a x + b} in each
 * channel.
 */
final class FixedNormalisation {
  private final BatchNormLayer layer;
  private ScaleAndShift map;

  FixedNormalisation(BatchNormLayer layer) {
    this.layer = layer;
  }

  /** The channels of what a layer takes; features are channels of one pixel. */
  static int channels(BatchNormLayer layer) {
    return layer.input() instanceof Shape.Image image ? image.channels() : layer.input().size();
  }

  /** Reads the parameters, which may have changed since the last run. */
  void read() {
    map = ScaleAndShift.of(layer);
  }

  float factor(int channel) {
    return (float) map.scales()[channel];
  }

  float offset(int channel) {
    return (float) map.shifts()[channel];
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
