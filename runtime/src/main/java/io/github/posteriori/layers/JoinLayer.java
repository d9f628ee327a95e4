package io.github.posteriori.layers;

/** A layer that takes several outputs together. */
public sealed interface JoinLayer extends StandardLayer permits AddLayer, ConcatLayer {}
