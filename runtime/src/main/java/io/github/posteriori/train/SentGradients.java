package io.github.posteriori.train;

import java.io.Serializable;

/** The gradients of a shard as they travel. */
public sealed interface SentGradients extends Serializable
    permits ShardGradients, ShardGradients.Rounded {

  /** Returns the gradients that arrive. */
  ShardGradients floats();
}
