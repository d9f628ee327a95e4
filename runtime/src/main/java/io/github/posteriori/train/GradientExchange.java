package io.github.posteriori.train;

import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.Parameter;
import java.util.List;

/**
 * Sums the gradients of the shards that every batch is divided into.
 *
 * <p>Either several trainers take a shard each: all begin with the same weights, options and sets,
 * and receive the same sums, so their weights stay the same; batch normalisation uses the
 * statistics of a trainer's own images. Or one trainer has the gradients of all shards computed,
 * see {@link #shards(int)}.
 */
public interface GradientExchange {

  /** The share of this trainer. */
  Shard shard();

  /** The number of shards that a batch is divided into. */
  default int shards() {
    return shard().count();
  }

  /**
   * Replaces the gradients of {@code trained}, and {@code totals}, by their sums over all shards.
   * Each trainer calls this once a step.
   */
  void sum(List<Parameter> trained, double[] totals);

  /**
   * Sets the gradients of a step to their sums over all shards: computes those of this trainer's
   * shard, and sums them with the others'.
   *
   * @param runner computes gradients with the weights before the step
   * @param trained the parameters whose gradients are set
   * @return the totals of the step, as {@link GradientStep#compute} returns those of a shard
   */
  default double[] gradients(GradientStep step, NetworkRunner runner, List<Parameter> trained) {
    double[] totals = step.compute(shard(), runner, trained);
    sum(trained, totals);
    return totals;
  }

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

  /**
   * Returns the exchange of a single trainer that computes the gradients of several shards one
   * after the other. Its weights have the same bytes as those of a trainer that has the same shards
   * computed elsewhere by {@link ShardedExchange}. Those of one shard are the weights that {@link
   * #none} leads to.
   *
   * @param shards at least 1
   */
  static GradientExchange shards(int shards) {
    return new ShardedExchange(shards) {
      @Override
      protected List<ShardGradients> compute(
          GradientStep step, NetworkRunner runner, List<Parameter> trained) {
        return shares().stream()
            .map(shard -> ShardGradients.of(step, shard, runner, trained))
            .toList();
      }
    };
  }
}
