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
  private final int outputs;

  DrawnLayer(NetworkLayer layer, Engine engine) {
    this.runner = OneLayer.open(layer, engine);
    this.normal = LatinHypercube.normal(DRAWS, layer.input().size());
    this.outputs = layer.output().size();
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] output = spare.take(outputs * x.count());
    if (x.isExact()) {
      runner.forwardColumns(x.means(), x.count(), UNUSED, output);
      return Moments.exact(x.count(), output);
    }
    float[] draw = spare.take(x.means().length);
    double[] means = new double[output.length];
    double[] squares = new double[output.length];
    for (int d = 0; d < DRAWS; d++) {
      draw(x, normal[d], draw);
      runner.forwardColumns(draw, x.count(), UNUSED, output);
      for (int i = 0; i < means.length; i++) { // Welford 1962
        double difference = output[i] - means[i];
        means[i] += difference / (d + 1);
        squares[i] += difference * (output[i] - means[i]);
      }
    }
    spare.giveBack(draw);
    float[] variances = spare.take(output.length);
    write(means, 1, output);
    write(squares, 1.0 / DRAWS, variances);
    return new Moments(x.count(), output, variances);
  }

  private static void draw(Moments x, float[] normal, float[] draw) {
    for (int i = 0; i < draw.length; i++) {
      double deviation = Math.sqrt(x.variances()[i]);
      draw[i] = (float) (x.means()[i] + deviation * normal[i / x.count()]);
    }
  }

  private static void write(double[] values, double scale, float[] floats) {
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) (values[i] * scale);
    }
  }
}
