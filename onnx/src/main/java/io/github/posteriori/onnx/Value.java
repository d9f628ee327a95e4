package io.github.posteriori.onnx;

/**
 * A tensor that flows through a model.
 *
 * @param name its name in the graph
 * @param drawn whether it differs from one posterior sample to the next
 */
record Value(String name, boolean drawn) {}
