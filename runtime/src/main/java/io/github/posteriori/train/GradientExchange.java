package io.github.posteriori.train;

import io.github.posteriori.layers.Parameter;
import java.util.List;

/**
 * How the trainers that share out every batch add up their gradients. All begin with the same
 * weights, options and sets, and see the same sums, so their weights stay the same.
 *
 * <p>Batch normalisation takes the statistics of a trainer's own images.
 */
public interface GradientExchange {

  /** This trainer's share. */
  Shard shard();

  /**
   * Replaces the gradients of {@code trained}, and {@code totals}, by their sums over all shards.
   * Called once a step by each trainer.
   */
  void sum(List<Parameter> trained, double[] totals);

  /** One trainer, with nobody to exchange with. */
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
