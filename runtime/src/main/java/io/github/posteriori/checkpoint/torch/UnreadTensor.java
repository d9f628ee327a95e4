package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.pickle.PickleValue;

/** A tensor whose numbers are not read; only its kind is known. */
record UnreadTensor(String kind) implements PickleValue.OfFormat {}
