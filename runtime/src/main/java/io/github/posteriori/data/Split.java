package io.github.posteriori.data;

/**
 * A data set in two parts that share no example.
 *
 * @param train the examples for training; their number is the N of the loss
 * @param valid the examples held out for validation
 */
public record Split(Dataset train, Dataset valid) {}
