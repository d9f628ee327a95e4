/**
 * How a network's outputs become a probability of what was observed: its targets, its loss, its
 * score and what a validation measures.
 */
package io.github.posteriori.likelihood;
