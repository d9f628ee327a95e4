package io.github.posteriori.likelihood;

/**
 * How well a set is predicted, in the measure of its likelihood.
 *
 * @param name of the measure, such as {@code accuracy}
 * @param value in its unit; an accuracy is from 0 to 1
 */
public record Score(String name, double value) {}
