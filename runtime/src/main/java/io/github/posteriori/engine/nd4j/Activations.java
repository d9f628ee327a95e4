package io.github.posteriori.engine.nd4j;

import io.github.posteriori.engine.Signal;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The activations of a batch.
 *
 * @param array {@code [batch, ...]}
 */
record Activations(INDArray array) implements Signal {}
