package io.github.posteriori.train;

import io.github.posteriori.engine.AllGather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The exchange of a single trainer whose shards are computed here, beside each other, each on a
 * copy of the network. Batch normalisation takes the statistics of the whole batch.
 */
public final class ReplicatedExchange extends ShardedExchange {
  private final Supplier<Replica> copies;
  private final List<Replica> replicas = new ArrayList<>();

  /**
   * Creates an exchange.
   *
   * @param shards at least 1
   * @param kind what the shards exchange
   * @param copies makes networks of the architecture of the one that is trained; their weights do
   *     not matter
   */
  public ReplicatedExchange(int shards, Exchange kind, Supplier<Replica> copies) {
    super(shards, kind);
    this.copies = copies;
  }

  @Override
  public boolean spansBatch() {
    return true;
  }

  @Override
  protected List<ShardGradients> compute(
      List<GradientStep> shards, WeightUpdate update, Replica network) {
    List<Function<AllGather, ShardGradients>> work = new ArrayList<>();
    for (GradientStep shard : shards) {
      Replica own = replica(work.size());
      update.weights().write(own);
      work.add(others -> shard.compute(own, others).sent(kind()).floats());
    }
    return Lockstep.run(work, UnaryOperator.identity());
  }

  @Override
  public List<ShardSteps.Result> take(List<ShardSteps> shards) {
    List<Function<AllGather, ShardSteps.Result>> work = new ArrayList<>();
    for (ShardSteps shard : shards) {
      Replica own = replica(work.size());
      work.add(others -> shard.take(own));
    }
    return Lockstep.run(work, UnaryOperator.identity());
  }

  private Replica replica(int shard) {
    if (replicas.size() == shard) {
      replicas.add(copies.get());
    }
    return replicas.get(shard);
  }
}
