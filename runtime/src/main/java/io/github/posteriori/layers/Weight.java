package io.github.posteriori.layers;

import java.util.List;
import java.util.Optional;

/** The weights (or biases) of a layer: a distribution, or plain numbers. */
public sealed interface Weight permits Posterior, PointWeight {

  /** The tensors behind the weight, in the order of the checkpoint. */
  List<Parameter> parameters();

  /** The values of the weights without noise: the means, or the plain numbers. */
  Parameter location();

  /** The distribution, if there is one. */
  default Optional<Posterior> posterior() {
    return Optional.empty();
  }

  /** Prunes the weights that {@code mask} does not keep: they are 0 from now on, without noise. */
  void prune(Mask mask);

  /** Which weights are kept; empty where none was pruned. */
  default Optional<Mask> mask() {
    return location().mask();
  }

  /** The shape of the tensor. */
  default long[] shape() {
    return location().shape();
  }

  /** The number of weights. */
  default int size() {
    return location().size();
  }
}
