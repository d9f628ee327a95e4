package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.BayesModel;

/**
 * The source of a layer's input.
 *
 * @param name name of the field, or {@link BayesModel#INPUT}
 * @param shape of one example
 */
public record Source(String name, Shape shape) {

  /** Returns whether this is the network's input. */
  public boolean isInput() {
    return name.equals(BayesModel.INPUT);
  }
}
