package io.github.posteriori.likelihood;

/**
 * The quality of predictions in the measure of their likelihood.
 *
 * @param name name of the measure, such as {@code accuracy}
 * @param value its value; an accuracy is from 0 to 1
 */
public record Score(String name, double value) {}
