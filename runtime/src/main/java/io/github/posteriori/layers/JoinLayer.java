package io.github.posteriori.layers;

/** A layer that joins several outputs. */
public sealed interface JoinLayer extends StandardLayer permits AddLayer, ConcatLayer {}
