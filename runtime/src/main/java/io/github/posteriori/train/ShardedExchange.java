package io.github.posteriori.train;

import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.Parameter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The exchange of a single trainer whose batches are divided into shards, whose gradients may be
 * computed anywhere. They are summed over a binary tree that the number of shards alone decides, so
 * the weights do not depend on where, by how many and how often they were computed.
 *
 * <p>Batch normalisation wants all images of a batch at once, so a trainer refuses it with more
 * than one shard.
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
   * @param runner has the weights before the step
   * @param trained the parameters whose gradients are wanted; those they have may be overwritten
   * @return those of each shard, in the order of {@link #shares}
   */
  protected abstract List<ShardGradients> compute(
      GradientStep step, NetworkRunner runner, List<Parameter> trained);

  /** Returns the shards. */
  protected final List<Shard> shares() {
    return IntStream.range(0, shards).mapToObj(index -> new Shard(index, shards)).toList();
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
  public final double[] gradients(
      GradientStep step, NetworkRunner runner, List<Parameter> trained) {
    ShardGradients sum = ShardGradients.sum(compute(step, runner, trained));
    sum.write(trained);
    return sum.totals();
  }
}
