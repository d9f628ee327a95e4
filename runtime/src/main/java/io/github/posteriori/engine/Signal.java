package io.github.posteriori.engine;

/**
 * The activations of a batch (or of a part of it), or their gradients, as they flow between stages.
 *
 * <p>Signals are opaque to all but the engine that made them, and immutable, so one may flow into
 * several stages.
 */
public interface Signal {}
