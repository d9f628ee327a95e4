package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Signal;

/**
 * Holds the activations of one image.
 *
 * @param values row-major, in an array of {@link ImageRun#array}
 * @param isConstant whether they are the same for all posterior samples
 */
record ImageSignal(float[] values, boolean isConstant) implements Signal {}
