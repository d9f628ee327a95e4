package io.github.posteriori;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The result of a forward pass.
 *
 * @param logits {@code [batch, classes]}; {@code [batch, channels, height, width]} if the network
 *     ends in an image
 * @param kl KL(q || p) in nats, summed over all Bayesian weights that the pass samples
 */
public record Output(INDArray logits, double kl) {}
