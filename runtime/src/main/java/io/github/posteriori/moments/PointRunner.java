package io.github.posteriori.moments;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.PointWeight;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.Optional;

/** The linear map of an affine layer, with numbers of its own, on an engine. */
final class PointRunner {
  private static final NoiseKey UNUSED = NoiseKey.evaluation(0, 0);

  private final Parameter weight;
  private final Optional<Parameter> bias;
  private final NetworkRunner runner;

  /**
   * Opens a map of zeros, of the shape of {@code layer}.
   *
   * @param biases how many it has: one a channel or feature of its output, or none
   */
  PointRunner(AffineLayer layer, int biases, Engine engine) {
    this.weight = zeros("weight", layer.weight().shape());
    this.bias = biases == 0 ? Optional.empty() : Optional.of(zeros("bias", biases));
    this.runner =
        OneLayer.open(layer.with(new PointWeight(weight), bias.map(PointWeight::new)), engine);
  }

  private static Parameter zeros(String name, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return Parameter.statistic(name, new float[size], shape);
  }

  /** Replaces the numbers; without a bias there are none of it. */
  void write(float[] weights, Optional<float[]> biases) {
    weight.write(weights);
    bias.ifPresent(parameter -> biases.ifPresent(parameter::write));
  }

  /** Sets y to op(x, W) + b of {@code [input, count]}, and returns it. */
  float[] forward(float[] x, int count, float[] y) {
    runner.forwardColumns(x, count, UNUSED, y);
    return y;
  }
}
