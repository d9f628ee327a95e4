package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ActivationLayer;

/**
 * y = f(x), element by element; dx = f'(x) dy. What it activates may have been pooled before, so x
 * alone tells its size.
 */
final class ActivationOperation implements Operation {
  private final ActivationLayer layer;
  private float[] y = new float[0];
  private float[] slope;
  private float[] dx;

  ActivationOperation(ActivationLayer layer) {
    this.layer = layer;
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    if (y.length != x.length) {
      y = new float[x.length];
      slope = new float[x.length];
      dx = new float[x.length];
    }
    ActivationLoops.run(
        layer.function(), x, Lanes.LEAD, y, slope, Lanes.LEAD, x.length - Lanes.LEAD);
  }

  @Override
  public float[] output(int index) {
    return y;
  }

  @Override
  public float[] backward(float[] dy, boolean wantsInput) {
    Elementwise.multiply(dy, slope, dx, dx.length - Lanes.LEAD);
    return dx;
  }
}
