package io.github.posteriori.uncertainty;

/**
 * A network's prediction of one number that was observed.
 *
 * @param observed the number
 * @param predicted its predictive distribution
 */
public record ValueAnswer(double observed, ValueDistribution predicted) {}
