package io.github.posteriori.engine.nd4j;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.layers.ActivationLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Element-wise activation, y = f(x). */
final class ActivationFunction implements Operation {
  private final Activation function;
  private INDArray x;
  private INDArray y;

  ActivationFunction(Activation function) {
    this.function = function;
  }

  @Override
  public INDArray forward(INDArray x) {
    this.x = x;
    y =
        switch (function) {
          case SOFTPLUS -> Softplus.of(x);
          case RELU -> Transforms.relu(x, true);
          case TANH -> Transforms.tanh(x, true);
          case GELU -> NormalDistribution.below(x).muli(x);
          case SILU -> Transforms.sigmoid(x, true).muli(x);
          case LEAKY_RELU -> Transforms.max(x, x.mul(ActivationLayer.LEAK), true);
          case SIGMOID -> Transforms.sigmoid(x, true);
          case IDENTITY -> x;
          case MODEL -> throw ActivationLayer.unresolved();
        };
    return y;
  }

  /**
   * Returns dx = f'(x) dy. With s = sigmoid(x), Phi and phi the distribution function and density
   * of N(0, 1), f'(x) is s for softplus, [y > 0] for ReLU, 1 - y^2 for tanh, Phi(x) + x phi(x) for
   * GELU, s + y (1 - s) for SiLU, 1 or 0.01 for leaky ReLU, y (1 - y) for the sigmoid.
   */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    return switch (function) {
      case SOFTPLUS -> Softplus.derivative(x).muli(dy);
      case RELU -> Transforms.sign(y, true).muli(dy);
      case TANH -> y.mul(y).rsubi(1).muli(dy);
      case GELU -> NormalDistribution.density(x).muli(x).addi(NormalDistribution.below(x)).muli(dy);
      case SILU -> {
        INDArray s = Transforms.sigmoid(x, true);
        yield s.rsub(1).muli(y).addi(s).muli(dy);
      }
      case LEAKY_RELU -> {
        INDArray positive = Transforms.sign(Transforms.relu(x, true), false);
        yield positive.muli(1 - ActivationLayer.LEAK).addi(ActivationLayer.LEAK).muli(dy);
      }
      case SIGMOID -> y.rsub(1).muli(y).muli(dy);
      case IDENTITY -> dy;
      case MODEL -> throw ActivationLayer.unresolved();
    };
  }
}
