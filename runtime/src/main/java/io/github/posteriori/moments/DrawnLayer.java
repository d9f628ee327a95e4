package io.github.posteriori.moments;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.noise.NoiseKey;

/**
 * A deterministic layer of which nothing else is known: it runs on {@link LatinHypercube} draws of
 * its input, and the moments of its outputs over them are taken for its own.
 */
final class DrawnLayer implements MomentMap {
  private static final int DRAWS = 32;
  private static final NoiseKey UNUSED = NoiseKey.evaluation(0, 0);

  private final NetworkRunner runner;
  private final float[][] normal;

  DrawnLayer(NetworkLayer layer, Engine engine) {
    this.runner = OneLayer.open(layer, engine);
    this.normal = LatinHypercube.normal(DRAWS, layer.input().size());
  }

  @Override
  public Moments forward(Moments x) {
    if (x.isExact()) {
      return Moments.exact(x.count(), runner.forwardColumns(x.means(), x.count(), UNUSED));
    }
    double[] means = {};
    double[] squares = {};
    for (int d = 0; d < DRAWS; d++) {
      float[] output = runner.forwardColumns(draw(x, normal[d]), x.count(), UNUSED);
      if (d == 0) {
        means = new double[output.length];
        squares = new double[output.length];
      }
      for (int i = 0; i < means.length; i++) { // Welford 1962
        double difference = output[i] - means[i];
        means[i] += difference / (d + 1);
        squares[i] += difference * (output[i] - means[i]);
      }
    }
    return new Moments(x.count(), floats(means, 1), floats(squares, 1.0 / DRAWS));
  }

  private static float[] draw(Moments x, float[] normal) {
    float[] draw = new float[x.means().length];
    for (int i = 0; i < draw.length; i++) {
      double deviation = Math.sqrt(x.variances()[i]);
      draw[i] = (float) (x.means()[i] + deviation * normal[i / x.count()]);
    }
    return draw;
  }

  private static float[] floats(double[] values, double scale) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) (values[i] * scale);
    }
    return floats;
  }
}
