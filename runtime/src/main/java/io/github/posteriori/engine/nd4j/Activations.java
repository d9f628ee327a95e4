package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Signal;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The activations of a batch.
 *
 * @param array {@code [batch, ...]}
 * @param needsGradient whether trained parameters lead here, so that the way back to them goes
 *     through the gradient by these activations
 */
record Activations(INDArray array, boolean needsGradient) implements Signal {}
