package io.github.posteriori.train;

import io.github.posteriori.layers.Parameter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The exchange of a single trainer whose batches are divided into shards, whose gradients may be
 * computed anywhere. They are summed over a binary tree that the number of shards alone decides, so
 * the weights do not depend on where, by how many and how often they were computed.
 *
 * <p>Batch normalisation wants numbers of all shards while each is computed, so a trainer refuses
 * it with more than one shard unless the exchange {@linkplain #spansBatch spans the batch}.
 */
public abstract class ShardedExchange implements GradientExchange {
  private final int shards;

  /**
   * Creates an exchange.
   *
   * @param shards at least 1
   */
  protected ShardedExchange(int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + ", expected at least 1");
    }
    this.shards = shards;
  }

  /**
   * Computes the gradients of all shards.
   *
   * @param network has the weights before the step; its gradients may be overwritten
   * @return those of each shard, in the order of {@link #shares}
   */
  protected abstract List<ShardGradients> compute(GradientStep step, Replica network);

  /** Returns the shards of a step, without those that a small batch leaves empty. */
  protected final List<Shard> shares(GradientStep step) {
    return IntStream.range(0, shards)
        .mapToObj(index -> new Shard(index, shards))
        .filter(shard -> shard.size(step.batch().count()) > 0)
        .toList();
  }

  /** The trainer itself takes the whole batch. */
  @Override
  public final Shard shard() {
    return Shard.whole();
  }

  @Override
  public final int shards() {
    return shards;
  }

  /** The sums are made before. */
  @Override
  public final void sum(List<Parameter> trained, double[] totals) {}

  @Override
  public final double[] gradients(GradientStep step, Replica network) {
    ShardGradients sum = ShardGradients.sum(compute(step, network));
    sum.write(network);
    return sum.totals();
  }
}
