package io.github.posteriori.layers;

import java.util.List;

/** The weights (or biases) of a layer: a distribution, or plain numbers. */
public sealed interface Weight permits Posterior, PointWeight {

  /** The tensors behind the weight, in the order of the checkpoint. */
  List<Parameter> parameters();

  /** The shape of the tensor. */
  default long[] shape() {
    return parameters().get(0).value().shape();
  }
}
