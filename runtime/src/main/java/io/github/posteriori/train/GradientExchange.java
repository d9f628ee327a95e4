package io.github.posteriori.train;

import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.engine.AllGather;
import io.github.posteriori.layers.Parameter;
import java.util.List;
import java.util.function.UnaryOperator;

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

  /** What the shards exchange. */
  default Exchange kind() {
    return Exchange.gradients();
  }

  /**
   * Called before the first step, where an example has the same image in every epoch; a shard that
   * is computed elsewhere can find the images there then.
   *
   * @param train the set that {@link Batch#rows} count in
   * @param standardised returns the image of an example of {@code train} as batches have it
   */
  default void start(Dataset train, UnaryOperator<float[]> standardised) {}

  /** Called before the first step of an epoch, from which a resumed training may go on. */
  default void startEpoch() {}

  /** The shares of a batch that batch normalisation takes the statistics of. */
  default List<Shard> normalised() {
    return List.of(shard());
  }

  /**
   * Has each shard take steps on its own, where {@linkplain Exchange#isLocal the exchange} wants
   * it.
   *
   * @return what each comes to, in their order
   */
  default List<ShardSteps.Result> take(List<ShardSteps> shards) {
    throw new UnsupportedOperationException("exchanges gradients, not weights");
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
   * @param network has the weights before the step; the gradients of its trained parameters are set
   * @return the {@linkplain ShardGradients#totals totals} of the step
   */
  default double[] gradients(GradientStep step, Replica network) {
    double[] totals = step.of(shard()).set(network, AllGather.alone());
    sum(network.trained(), totals);
    return totals;
  }

  /** Whether batch normalisation takes its statistics from all shards of a batch. */
  default boolean spansBatch() {
    return shards() == 1;
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
   * #none} leads to. Batch normalisation needs shards that run beside each other; see {@link
   * ReplicatedExchange}.
   *
   * @param shards at least 1
   */
  static GradientExchange shards(int shards) {
    return new ShardedExchange(shards, Exchange.gradients()) {
      @Override
      protected List<ShardGradients> compute(
          List<GradientStep> shards, WeightUpdate update, Replica network) {
        return shards.stream().map(shard -> shard.compute(network, AllGather.alone())).toList();
      }
    };
  }
}
