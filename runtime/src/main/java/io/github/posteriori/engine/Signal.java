package io.github.posteriori.engine;

/**
 * What flows between stages: the activations of a batch (or of a block of images), or their
 * gradients.
 *
 * <p>Only the engine that made a signal knows what is inside. Nobody changes a signal once it is
 * made, so that one may flow into several stages.
 */
public interface Signal {}
