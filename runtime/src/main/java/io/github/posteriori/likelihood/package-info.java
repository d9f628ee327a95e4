/**
 * Likelihoods: the probability of targets given a network's outputs, with its loss, its score and
 * what a validation measures.
 */
package io.github.posteriori.likelihood;
