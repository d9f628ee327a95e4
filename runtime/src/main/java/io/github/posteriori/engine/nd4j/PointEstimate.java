package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.PointWeight;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Weight;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** y = op(x, W) + b with the weights themselves, or with the means of their posterior. */
final class PointEstimate implements Operation {
  private final LinearMap op;
  private final Parameter weight;
  private final Optional<Parameter> bias;
  private INDArray x;

  PointEstimate(AffineLayer layer, LinearMap op) {
    this.op = op;
    this.weight = point(layer.weight());
    this.bias = layer.bias().map(PointEstimate::point);
  }

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    return op.apply(x, weight.value(), bias.map(Parameter::value).orElse(null));
  }

  /** dW = op_W(x, dy), db = the sum of dy, dx = op_x(W, dy). */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    LinearMap.Gradients gradients =
        op.gradients(x, weight.value(), dy, wantsInput, bias.isPresent());
    weight.gradient().addi(gradients.w());
    bias.ifPresent(b -> b.gradient().addi(gradients.b()));
    return gradients.x();
  }

  private static Parameter point(Weight weight) {
    if (weight instanceof Posterior posterior) {
      return posterior.mu();
    }
    return ((PointWeight) weight).weight();
  }
}
