package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.BayesModel;

/**
 * Where a layer takes something from.
 *
 * @param name of the field, or {@link BayesModel#INPUT}
 * @param shape of one example
 */
public record Source(String name, Shape shape) {

  /** Whether this is what goes into the network. */
  public boolean isInput() {
    return name.equals(BayesModel.INPUT);
  }
}
