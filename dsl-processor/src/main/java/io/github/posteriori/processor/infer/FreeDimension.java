package io.github.posteriori.processor.infer;

/**
 * A dimension that the definition leaves free.
 *
 * @param name name of the parameter of {@code create}
 * @param meaning the parameter's documentation
 * @param ofInput whether it belongs to the network's input rather than to a layer
 */
public record FreeDimension(String name, String meaning, boolean ofInput) {}
