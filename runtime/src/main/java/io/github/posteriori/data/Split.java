package io.github.posteriori.data;

/**
 * A data set in two parts that share no example.
 *
 * @param train the examples to learn from; their number is the N of the loss
 * @param valid the examples held out to choose by
 */
public record Split(Dataset train, Dataset valid) {}
