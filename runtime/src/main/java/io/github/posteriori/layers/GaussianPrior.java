package io.github.posteriori.layers;

/**
 * The prior p(w) = N(mu, sigma^2) of every weight of a tensor.
 *
 * @param mu its mean
 * @param sigma its standard deviation, above 0
 */
public record GaussianPrior(double mu, double sigma) {}
