package io.github.posteriori.cli.cluster;

/**
 * What a scoring has written.
 *
 * @param rows number of rows
 * @param failed number of those without a prediction
 */
public record ScoredRows(long rows, long failed) {}
