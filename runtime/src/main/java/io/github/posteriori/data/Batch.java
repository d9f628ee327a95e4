package io.github.posteriori.data;

/**
 * Some consecutive examples of an epoch.
 *
 * @param images {@code [count, channels, height, width]}, row-major
 * @param labels {@code [count]}
 * @param count how many examples there are, at least 1
 * @param first the position of the first of them in the epoch's order
 */
public record Batch(float[] images, int[] labels, int count, int first) {}
