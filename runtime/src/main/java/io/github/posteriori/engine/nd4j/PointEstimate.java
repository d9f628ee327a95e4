package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Weight;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Point estimate, y = op(x, W) + b, with the weights themselves or the means of their posterior.
 */
final class PointEstimate implements Operation {
  private final LinearMap op;
  private final ParameterArrays arrays;
  private final Parameter weight;
  private final Optional<Parameter> bias;
  private INDArray x;

  PointEstimate(AffineLayer layer, LinearMap op, ParameterArrays arrays) {
    this.arrays = arrays;
    this.op = op;
    this.weight = layer.weight().location();
    this.bias = layer.bias().map(Weight::location);
  }

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    return op.apply(x, arrays.value(weight), bias.map(arrays::value).orElse(null));
  }

  /** Adds dW = op_W(x, dy) and db = the sum of dy; returns dx = op_x(W, dy). */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    LinearMap.Gradients gradients =
        op.gradients(x, arrays.value(weight), dy, wantsInput, bias.isPresent());
    arrays.gradient(weight).addi(gradients.w());
    bias.ifPresent(b -> arrays.gradient(b).addi(gradients.b()));
    return gradients.x();
  }
}
