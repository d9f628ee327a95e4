package io.github.posteriori;

import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Uncertainty;

/**
 * How well a mixture does on a labelled set under one way to compare its experts.
 *
 * @param normalisation how logits become probabilities
 * @param by the uncertainty that is compared
 * @param accuracy share of images classified right, from 0 to 1
 * @param rightExpert share of images whose answer came from the expert that knows their class
 * @param informedAccuracy the accuracy if that expert answered every image: what choosing by
 *     uncertainty could reach at best, but for luck
 */
public record MixtureScore(
    Normalisation normalisation,
    Uncertainty by,
    double accuracy,
    double rightExpert,
    double informedAccuracy) {}
