package io.github.posteriori;

import io.github.posteriori.engine.BeforeLastLayer;
import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last layer of a module, with the features that it takes; where it has a bias, a 1 stands
 * behind them.
 */
final class LastLayer {
  private final BayesModule module;
  private final LinearLayer layer;

  /** {@code [outputs][width]}. */
  private final double[][] weights;

  /** Runs all before the layer; empty if there is nothing. */
  private final Optional<NetworkRunner> before;

  private LastLayer(BayesModule module, BeforeLastLayer cut) {
    this.module = module;
    this.layer = cut.layer();
    this.weights = weights(layer);
    this.before = cut.network().map(module.engine()::open);
  }

  /**
   * Finds the last layer.
   *
   * @throws IllegalArgumentException when the module draws weights, or ends in another layer
   */
  static LastLayer of(BayesModule module) {
    if (Predictor.drawsWeights(module)) {
      throw new IllegalArgumentException(
          module.definition()
              + " draws its weights from a posterior already, expected point weights, around which"
              + " Laplace's approximation puts one: create it with the estimator POINT");
    }
    return BeforeLastLayer.of(module.network())
        .map(cut -> new LastLayer(module, cut))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    module.definition()
                        + " does not end in a linear layer, expected one, of whose weights"
                        + " Laplace's approximation is the posterior: end it with @Linear, or"
                        + " choose another method"));
  }

  boolean isOf(BayesModule other) {
    return module == other;
  }

  /** The number by which its noise is keyed. */
  int index() {
    return layer.index();
  }

  /** How many numbers {@link #features} has for each example. */
  int width() {
    return weights[0].length;
  }

  /** How many logits it gives. */
  int outputs() {
    return weights.length;
  }

  /** The sum of the squares of its weights, biases among them. */
  double squaredNorm() {
    return Arrays.stream(weights).flatMapToDouble(Arrays::stream).map(w -> w * w).sum();
  }

  /**
   * Computes the features of a batch, a row for each example.
   *
   * @param images {@code [count, input]}, row-major, as the module is given them
   * @throws IllegalArgumentException when a logit is NaN or infinite
   * @throws IllegalStateException when a weight is
   */
  double[][] features(float[] images, int count, NoiseKey noise) {
    module.requireFiniteWeights();
    float[] inputs = module.standardised(images);
    float[] features = before.map(runner -> runner.forward(inputs, count, noise)).orElse(inputs);
    int size = features.length / count;
    double[][] rows = new double[count][width()];
    float[] logits = new float[count * weights.length];
    for (int i = 0; i < count; i++) {
      Arrays.fill(rows[i], 1);
      for (int j = 0; j < size; j++) {
        rows[i][j] = features[i * size + j];
      }
      System.arraycopy(logits(rows[i]), 0, logits, i * weights.length, weights.length);
    }
    FiniteLogits.require(module, inputs, noise, logits);
    return rows;
  }

  /** Returns the logits of the trained weights for one row of {@link #features}. */
  float[] logits(double[] h) {
    float[] logits = new float[weights.length];
    for (int k = 0; k < logits.length; k++) {
      double sum = 0;
      for (int j = 0; j < h.length; j++) {
        sum += weights[k][j] * h[j];
      }
      logits[k] = (float) sum;
    }
    return logits;
  }

  /** Returns a row of weights for each output, with its bias behind them. */
  private static double[][] weights(LinearLayer layer) {
    double[] all = layer.weight().location().numbers();
    int inputs = layer.input().count();
    double[][] rows = new double[layer.output().count()][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = Arrays.copyOfRange(all, k * inputs, (k + 1) * inputs);
    }
    layer.bias().map(bias -> bias.location().numbers()).ifPresent(bias -> append(rows, bias));
    return rows;
  }

  private static void append(double[][] rows, double[] bias) {
    for (int k = 0; k < rows.length; k++) {
      rows[k] = Arrays.copyOf(rows[k], rows[k].length + 1);
      rows[k][rows[k].length - 1] = bias[k];
    }
  }
}
