package io.github.posteriori.moments;

import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.PointWeight;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.noise.NoiseKey;
import java.util.Optional;

/** The linear map of an affine layer, with numbers of its own, on an engine. */
final class PointRunner {
  private static final NoiseKey UNUSED = NoiseKey.evaluation(0, 0);

  private final Parameter weight;
  private final Optional<Parameter> bias;
  private final NetworkRunner runner;

  /** Opens a map of zeros, of the shape of {@code layer}. */
  PointRunner(AffineLayer layer, Engine engine) {
    this.weight = zeros("weight", layer.weight());
    this.bias = layer.bias().map(original -> zeros("bias", original));
    this.runner =
        OneLayer.open(layer.with(new PointWeight(weight), bias.map(PointWeight::new)), engine);
  }

  private static Parameter zeros(String name, Weight original) {
    return Parameter.statistic(name, new float[original.size()], original.shape());
  }

  /** Replaces the numbers; without a bias there are none of it. */
  void write(float[] weights, Optional<float[]> biases) {
    weight.write(weights);
    bias.ifPresent(parameter -> biases.ifPresent(parameter::write));
  }

  /** Returns op(x, W) + b of {@code [input, count]}. */
  float[] forward(float[] x, int count) {
    return runner.forwardColumns(x, count, UNUSED);
  }
}
