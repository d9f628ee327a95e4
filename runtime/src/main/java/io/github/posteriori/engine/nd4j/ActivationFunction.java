package io.github.posteriori.engine.nd4j;

import io.github.posteriori.annotations.Activation;
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
          case MODEL -> throw new IllegalStateException("MODEL is resolved when a module is built");
        };
    return y;
  }

  /**
   * Returns dx = f'(x) dy, where f' is sigmoid(x) for softplus, [y > 0] for ReLU, 1 - y^2 for tanh.
   */
  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    INDArray derivative =
        switch (function) {
          case SOFTPLUS -> Softplus.derivative(x);
          case RELU -> Transforms.sign(y, true);
          case TANH -> y.mul(y).rsubi(1);
          case MODEL -> throw new IllegalStateException("MODEL is resolved when a module is built");
        };
    return derivative.muli(dy);
  }
}
