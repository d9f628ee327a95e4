package io.github.posteriori.uncertainty;

/**
 * Measures of the predicted probabilities of several labels at once.
 *
 * @param nll mean negative logarithm of the probability of an example's labels together, in nats
 * @param accuracy share of labels predicted correctly at a probability of 1/2, from 0 to 1
 * @param macroF1 mean over labels of the harmonic mean of precision and recall, from 0 to 1; 0 for
 *     a label that is never predicted correctly
 * @param macroAuroc mean over labels of the area under the receiver operating characteristic, from
 *     0 to 1; labels that hold for all examples or for none are left out, and NaN if all are
 */
public record LabelMetrics(double nll, double accuracy, double macroF1, double macroAuroc) {}
