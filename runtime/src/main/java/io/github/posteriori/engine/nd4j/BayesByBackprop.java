package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Weight;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bayes by Backprop (Blundell et al. 2015, arXiv 1505.05424): the weights are drawn, once for the
 * whole batch,
 *
 * <pre>
 *   W = mu + sigma eps,   y = op(x, W) + b,   eps ~ N(0, 1) for each weight and bias
 * </pre>
 */
final class BayesByBackprop implements Operation {
  private final LinearMap op;
  private final Draw weight;
  private final Optional<Draw> bias;
  private INDArray x;

  BayesByBackprop(AffineLayer layer, LinearMap op, LayerNoise noise, ParameterArrays arrays) {
    this.op = op;
    int weights = layer.weight().size();
    int biases = layer.bias().map(Weight::size).orElse(0);
    float[] eps = noise.shared(weights + biases);
    this.weight =
        new Draw(new GaussianSample(layer.weight().posterior().orElseThrow(), arrays), eps, 0);
    this.bias =
        layer
            .bias()
            .map(
                b ->
                    new Draw(
                        new GaussianSample(b.posterior().orElseThrow(), arrays), eps, weights));
  }

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    return op.apply(x, weight.value, bias.map(b -> b.value).orElse(null));
  }

  /** Adds d mu = dW and d sigma = dW eps, with dW = op_W(x, dy); returns dx = op_x(W, dy). */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    LinearMap.Gradients gradients = op.gradients(x, weight.value, dy, wantsInput, bias.isPresent());
    weight.addGradient(gradients.w());
    bias.ifPresent(b -> b.addGradient(gradients.b()));
    return gradients.x();
  }

  /** A tensor drawn from its posterior. */
  private static final class Draw {
    private final GaussianSample sample;
    private final INDArray eps;
    private final INDArray value;

    Draw(GaussianSample sample, float[] noise, int from) {
      this.sample = sample;
      this.eps = LayerNoise.array(noise, from, sample.mu());
      this.value = sample.sigma().mul(eps).addi(sample.mu());
    }

    void addGradient(INDArray gradient) {
      sample.addMuGradient(gradient);
      sample.addSigmaGradient(gradient.muli(eps));
    }
  }
}
