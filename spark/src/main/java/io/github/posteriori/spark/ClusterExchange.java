package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.train.Exchange;
import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.Replica;
import io.github.posteriori.train.SentGradients;
import io.github.posteriori.train.ShardGradients;
import io.github.posteriori.train.ShardSteps;
import io.github.posteriori.train.ShardedExchange;
import io.github.posteriori.train.WeightUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has the gradients of each step computed on executors: a job a step, a task a shard. The weights
 * are broadcast, the images travel with the tasks, and the gradients come back as results. A task
 * depends on nothing but what it is sent, so Spark may run it again, and anywhere. Where shards
 * take steps on their own, the weights that each starts from travel with its task, too.
 *
 * <p>Where a layer normalises over the whole batch, shards exchange moments, so the job is a {@link
 * BarrierStage}. Its tasks compute several neighbouring shards each, so that any number of
 * executors will do.
 *
 * <pre>{@code
 * try (ClusterExchange exchange = ClusterExchange.of(spark.sparkContext(), module, 4)) {
 *   Trainer.of(module, options).exchange(exchange).fit(train, valid);
 * }
 * }</pre>
 */
public final class ClusterExchange extends ShardedExchange implements AutoCloseable {
  private final JavaSparkContext context;
  private final Broadcast<Replicas> replicas;
  private final boolean meets;

  /**
   * Creates an exchange.
   *
   * @param network the network that is trained; its weights do not matter
   * @param kind what the shards exchange
   */
  ClusterExchange(JavaSparkContext context, SharedNetwork network, int shards, Exchange kind) {
    super(shards, kind);
    this.context = context;
    this.replicas = context.broadcast(new Replicas(network));
    this.meets =
        network.module().network().layers().stream().anyMatch(BatchNormLayer.class::isInstance);
  }

  /**
   * Creates an exchange.
   *
   * @param module the one that is trained
   * @param shards parts of every batch, at least 1
   */
  public static ClusterExchange of(SparkContext context, BayesModule module, int shards) {
    return of(context, module, shards, Exchange.gradients());
  }

  /**
   * Creates an exchange.
   *
   * @param module the one that is trained
   * @param shards parts of every batch, at least 1
   * @param kind what the shards exchange
   */
  public static ClusterExchange of(
      SparkContext context, BayesModule module, int shards, Exchange kind) {
    return new ClusterExchange(
        JavaSparkContext.fromSparkContext(context), SharedNetwork.of(module), shards, kind);
  }

  @Override
  public boolean spansBatch() {
    return true;
  }

  @Override
  protected List<ShardGradients> compute(
      List<GradientStep> shards, WeightUpdate update, Replica network) {
    SentWeights weights = SentWeights.broadcast(context, update);
    try {
      return meets ? computeTogether(shards, this::executors, weights) : compute(shards, weights);
    } finally {
      weights.destroy();
    }
  }

  private List<ShardGradients> compute(List<GradientStep> shards, SentWeights weights) {
    Broadcast<Replicas> networks = replicas;
    Exchange sent = kind();
    return floats(
        context
            .parallelize(shards, shards.size())
            .map(shard -> networks.value().compute(shard, weights).sent(sent))
            .collect());
  }

  /** Computes shards that exchange numbers, in no more than {@code tasks} tasks. */
  List<ShardGradients> computeTogether(
      List<GradientStep> shards, IntSupplier tasks, SentWeights weights) {
    Broadcast<Replicas> networks = replicas;
    Exchange sent = kind();
    return floats(
        BarrierStage.run(
            context,
            () -> groups(shards, tasks.getAsInt()),
            SentGradients.class,
            (group, others) ->
                networks.value().compute(group, weights, others).stream()
                    .map(gradients -> gradients.sent(sent))
                    .toList()));
  }

  private static List<ArrayList<GradientStep>> groups(List<GradientStep> shards, int tasks) {
    int count = Math.min(tasks, shards.size());
    List<ArrayList<GradientStep>> groups = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      groups.add(
          new ArrayList<>(
              shards.subList(shards.size() * t / count, shards.size() * (t + 1) / count)));
    }
    return groups;
  }

  private static List<ShardGradients> floats(List<SentGradients> shards) {
    return shards.stream().map(SentGradients::floats).toList();
  }

  @Override
  public List<ShardSteps.Result> take(List<ShardSteps> shards) {
    Broadcast<Replicas> networks = replicas;
    return context
        .parallelize(shards, shards.size())
        .map(shard -> networks.value().take(shard))
        .collect();
  }

  /** Returns the number of executors, of which the driver of a local master is one. */
  private int executors() {
    return Math.max(1, context.sc().statusTracker().getExecutorInfos().length - 1);
  }

  /** Drops the executors' networks. */
  @Override
  public void close() {
    replicas.destroy();
  }
}
