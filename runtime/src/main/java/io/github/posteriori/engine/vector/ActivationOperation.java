package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ActivationLayer;

/**
 * Applies an activation function element by element: y = f(x), dx = f'(x) dy. A max-pool may have
 * come before it, so the size is taken from x, not from the layer.
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
      slope = ActivationLoops.keepsSlope(layer.function()) ? new float[x.length] : null;
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
    ActivationLoops.back(layer.function(), dy, y, slope, dx, Lanes.LEAD, dx.length - Lanes.LEAD);
    return dx;
  }
}
