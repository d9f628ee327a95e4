package io.github.posteriori.onnx;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Numbers;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;

/**
 * A module with a batch to try it on, and weights away from where they start: biases, scales and
 * running statistics that differ between channels.
 *
 * @param module the module
 * @param count the number of examples
 * @param batch {@code [count, input]}, row-major
 */
record TriedModule(BayesModule module, int count, float[] batch) {
  private static final int WEIGHTS = 0;
  private static final int EXAMPLES = 1;
  private static final double LARGEST_LOGIT = 2;

  static TriedModule of(BayesModule module, int count) {
    int stream = 0;
    for (Parameter parameter : module.parameters()) {
      if (parameter.shape().length == 1 && !parameter.name().endsWith("rho")) {
        move(parameter, random(WEIGHTS, stream, parameter.size()));
      }
      stream++;
    }
    return new TriedModule(module, count, random(EXAMPLES, 0, count * module.inputShape().size()));
  }

  /** Makes the weights of the last layer so small that no class is certain. */
  TriedModule softened() {
    float[] logits = module.runner().forward(batch, count, NoiseKey.evaluation(0, 0));
    double largest = 0;
    for (float logit : logits) {
      largest = Math.max(largest, Math.abs(logit));
    }
    double factor = Math.min(1, LARGEST_LOGIT / largest);
    List<NetworkLayer> layers = module.network().layers();
    for (Parameter parameter : layers.get(layers.size() - 1).parameters()) {
      boolean isRho = parameter.name().endsWith("rho");
      Numbers.change(
          parameter, x -> isRho ? Posterior.rho(factor * Math.log1p(Math.exp(x))) : factor * x);
    }
    return this;
  }

  private static void move(Parameter parameter, float[] random) {
    boolean isVariance = parameter.name().endsWith("running_var");
    float[] values = Numbers.of(parameter);
    for (int i = 0; i < values.length; i++) {
      values[i] = isVariance ? (float) Math.exp(0.5 * random[i]) : values[i] + 0.3f * random[i];
    }
    parameter.write(values);
  }

  private static float[] random(int purpose, int stream, int count) {
    return NoiseKey.training(purpose, 0).of(stream).normal(0, 1, count);
  }

  /** The shape of the batch. */
  long[] shape() {
    return module.inputShape().batch(count);
  }
}
