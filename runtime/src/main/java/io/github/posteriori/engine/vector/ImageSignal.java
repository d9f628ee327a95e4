package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Signal;

/**
 * Holds the activations of one image.
 *
 * @param values row-major, then undefined ones up to a whole register
 * @param isConstant whether they are the same for all posterior samples
 */
record ImageSignal(float[] values, boolean isConstant) implements Signal {}
