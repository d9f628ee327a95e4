package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Signal;

/**
 * Holds the activations of the blocks of a pass.
 *
 * @param arrays of each block {@code [elements, width]}
 * @param isConstant whether they are the same for all posterior samples
 */
record Activations(float[][] arrays, boolean isConstant) implements Signal {}
