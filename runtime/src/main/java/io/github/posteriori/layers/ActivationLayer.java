package io.github.posteriori.layers;

import io.github.posteriori.annotations.Activation;

/**
 * An element-wise activation function; all of them increase monotonically.
 *
 * @param function never {@link Activation#MODEL}
 */
public record ActivationLayer(int index, String name, Shape input, Activation function)
    implements StandardLayer {

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
