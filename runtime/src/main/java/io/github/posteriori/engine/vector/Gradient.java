package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Signal;

/**
 * The gradient of the loss by activations.
 *
 * @param arrays of each block, or null where nobody needs it
 */
record Gradient(float[][] arrays) implements Signal {
  /** In place of a gradient that nobody needs. */
  static final Gradient NONE = new Gradient(null);

  boolean isEmpty() {
    return arrays == null;
  }
}
