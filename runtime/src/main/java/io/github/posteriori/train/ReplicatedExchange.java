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
   * @param copies makes networks of the architecture of the one that is trained; their weights do
   *     not matter
   */
  public ReplicatedExchange(int shards, Supplier<Replica> copies) {
    super(shards);
    this.copies = copies;
  }

  @Override
  public boolean spansBatch() {
    return true;
  }

  @Override
  protected List<ShardGradients> compute(GradientStep step, Replica network) {
    Weights weights = Weights.of(network);
    List<Function<AllGather, ShardGradients>> shards = new ArrayList<>();
    for (Shard shard : shares(step)) {
      if (replicas.size() == shards.size()) {
        replicas.add(copies.get());
      }
      Replica own = replicas.get(shards.size());
      weights.write(own);
      shards.add(others -> step.of(shard).compute(own, others));
    }
    return Lockstep.run(shards, UnaryOperator.identity());
  }
}
