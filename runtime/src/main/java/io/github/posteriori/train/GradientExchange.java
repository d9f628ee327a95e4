package io.github.posteriori.train;

import io.github.posteriori.layers.Parameter;
import java.util.List;

/**
 * Sums the gradients of trainers that divide every batch among them. All begin with the same
 * weights, options and sets, and receive the same sums, so their weights stay the same.
 *
 * <p>Batch normalisation uses the statistics of a trainer's own images.
 */
public interface GradientExchange {

  /** The share of this trainer. */
  Shard shard();

  /**
   * Replaces the gradients of {@code trained}, and {@code totals}, by their sums over all shards.
   * Each trainer calls this once a step.
   */
  void sum(List<Parameter> trained, double[] totals);

  /** Returns the exchange of a single trainer, which does nothing. */
  static GradientExchange none() {
    return new GradientExchange() {
      @Override
      public Shard shard() {
        return Shard.whole();
      }

      @Override
      public void sum(List<Parameter> trained, double[] totals) {}
    };
  }
}
