package io.github.posteriori.train;

import io.github.posteriori.layers.Parameter;
import java.util.List;
import java.util.Objects;
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
  private final Exchange kind;
  private WeightUpdate update;

  /**
   * Creates an exchange.
   *
   * @param shards at least 1
   * @param kind what the shards exchange
   */
  protected ShardedExchange(int shards, Exchange kind) {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is " + shards + ", expected at least 1");
    }
    this.shards = shards;
    this.kind = Objects.requireNonNull(kind, "kind is null, expected Exchange.gradients()");
  }

  /**
   * Computes the gradients of shards.
   *
   * @param shards without those that a small batch leaves empty
   * @param update the weights that they are computed with
   * @param network the one that is trained; its gradients may be overwritten
   * @return those of each shard, as {@link SentGradients} leaves them
   */
  protected abstract List<ShardGradients> compute(
      List<GradientStep> shards, WeightUpdate update, Replica network);

  private List<Shard> all() {
    return IntStream.range(0, shards).mapToObj(index -> new Shard(index, shards)).toList();
  }

  @Override
  public final Exchange kind() {
    return kind;
  }

  @Override
  public final void startEpoch() {
    update = null;
  }

  @Override
  public final List<Shard> normalised() {
    return kind.isLocal() ? all() : List.of(shard());
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
    List<GradientStep> own =
        all().stream().filter(shard -> shard.size(step.batch().count()) > 0).map(step::of).toList();
    update = next(Weights.of(network));
    ShardGradients sum = ShardGradients.sum(compute(own, update, network));
    sum.write(network);
    return sum.totals();
  }

  private WeightUpdate next(Weights weights) {
    if (update == null) {
      return WeightUpdate.first(weights);
    }
    return kind instanceof Exchange.Bfloat16 ? update.rounded(weights) : update.whole(weights);
  }
}
