package io.github.posteriori.uncertainty;

/**
 * Measures of predicted sets of classes.
 *
 * @param coverage share of the sets that hold the true class, from 0 to 1
 * @param meanSize mean number of classes in a set
 */
public record SetMetrics(double coverage, double meanSize) {}
