package io.github.posteriori.layers;

import io.github.posteriori.annotations.Activation;

/**
 * An element-wise activation function.
 *
 * @param function never {@link Activation#MODEL}
 */
public record ActivationLayer(int index, String name, Shape input, Activation function)
    implements StandardLayer {
  /** The slope of {@link Activation#LEAKY_RELU} below 0. */
  public static final double LEAK = 0.01;

  /**
   * Returns whether f(x) never falls as x rises, so that the largest of several values keeps its
   * place.
   */
  public boolean isMonotonic() {
    return switch (function) {
      case SOFTPLUS, RELU, TANH, LEAKY_RELU, SIGMOID, IDENTITY -> true;
      case GELU, SILU -> false;
      case MODEL -> throw unresolved();
    };
  }

  /** Returns the error of a switch that meets {@link Activation#MODEL}. */
  public static IllegalStateException unresolved() {
    return new IllegalStateException("MODEL is resolved when a module is built");
  }

  @Override
  public Shape output() {
    return input;
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.activation(this);
  }

  @Override
  public String kind() {
    return "Activate " + function;
  }
}
