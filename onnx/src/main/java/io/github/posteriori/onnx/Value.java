package io.github.posteriori.onnx;

/**
 * A tensor that flows through a model.
 *
 * @param name its name in the graph
 * @param drawn whether it differs from one round of a loop to the next, as from one posterior
 *     sample
 */
record Value(String name, boolean drawn) {}
