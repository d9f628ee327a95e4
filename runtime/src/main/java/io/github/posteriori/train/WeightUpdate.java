package io.github.posteriori.train;

import java.util.Optional;

/**
 * The weights with which the shards of a step are computed, and how those who have the weights of
 * the step before come to them.
 *
 * @param number of the update, one more than that of the step before
 * @param weights all of them
 * @param change from those of the step before; empty where all have to be sent
 */
public record WeightUpdate(long number, Weights weights, Optional<WeightChange> change) {

  /** Returns the first update: these weights as they are. */
  static WeightUpdate first(Weights weights) {
    return new WeightUpdate(0, weights, Optional.empty());
  }

  /** Returns the next update, these weights as they are. */
  WeightUpdate whole(Weights next) {
    return new WeightUpdate(number + 1, next, Optional.empty());
  }

  /**
   * Returns the next update, whose weights are these but for what bfloat16 leaves out. As the
   * difference is to what the shards have, the next one makes up for it.
   */
  WeightUpdate rounded(Weights next) {
    if (!next.hasMasksOf(weights)) {
      return whole(next);
    }
    WeightChange change = WeightChange.of(weights, next);
    return new WeightUpdate(number + 1, change.applied(weights), Optional.of(change));
  }
}
