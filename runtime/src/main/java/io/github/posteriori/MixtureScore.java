package io.github.posteriori;

import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Uncertainty;

/**
 * The accuracy of a mixture on a labelled set, under one way to compare its experts.
 *
 * @param normalisation how logits become probabilities
 * @param by the kind of uncertainty compared
 * @param accuracy share of images classified correctly, from 0 to 1
 * @param rightExpert share of images decided by the expert that knows their class
 * @param informedAccuracy the accuracy if that expert decided every image: except by chance, an
 *     upper bound for choosing by uncertainty
 */
public record MixtureScore(
    Normalisation normalisation,
    Uncertainty by,
    double accuracy,
    double rightExpert,
    double informedAccuracy) {}
