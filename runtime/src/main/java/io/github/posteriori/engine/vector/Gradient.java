package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Signal;

/**
 * Holds the gradient of the loss by activations.
 *
 * @param arrays of each block, or null where it is not needed
 */
record Gradient(float[][] arrays) implements Signal {
  /** Stands for a gradient that is not needed. */
  static final Gradient NONE = new Gradient(null);

  boolean isEmpty() {
    return arrays == null;
  }
}
