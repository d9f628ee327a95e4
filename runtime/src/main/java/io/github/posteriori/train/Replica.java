package io.github.posteriori.train;

import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.Parameter;
import java.util.List;

/**
 * A network that computes gradients: the one that is trained, or a copy of it.
 *
 * @param runner computes them
 * @param parameters all tensors of the network
 */
public record Replica(NetworkRunner runner, List<Parameter> parameters) {

  /** The tensors that the optimiser changes. */
  public List<Parameter> trained() {
    return parameters.stream().filter(Parameter::trained).toList();
  }

  /** The running statistics, which the passes of training change. */
  public List<Parameter> statistics() {
    return parameters.stream().filter(parameter -> !parameter.trained()).toList();
  }
}
