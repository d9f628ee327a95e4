package io.github.posteriori.spark;

import io.github.posteriori.engine.NetworkRunner;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.Shard;
import io.github.posteriori.train.ShardGradients;
import io.github.posteriori.train.ShardedExchange;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has the gradients of each step computed on executors: a job a step, a task a shard. The weights
 * are broadcast, the images travel with the tasks, and the gradients come back as results. A task
 * depends on nothing but what it is sent, so Spark may run it again, and anywhere.
 */
final class ClusterExchange extends ShardedExchange {
  private final JavaSparkContext context;
  private final Broadcast<Replicas> replicas;

  /**
   * Creates an exchange.
   *
   * @param network the network that is trained; its weights do not matter
   */
  ClusterExchange(JavaSparkContext context, SharedNetwork network, int shards) {
    super(shards);
    this.context = context;
    this.replicas = context.broadcast(new Replicas(network));
  }

  @Override
  protected List<ShardGradients> compute(
      GradientStep step, NetworkRunner runner, List<Parameter> trained) {
    Broadcast<Weights> weights = context.broadcast(Weights.of(step, trained));
    try {
      List<ShardTask> tasks = new ArrayList<>();
      for (Shard shard : shares()) {
        tasks.add(ShardTask.of(step, shard));
      }
      Broadcast<Replicas> networks = replicas;
      return context
          .parallelize(tasks, tasks.size())
          .map(task -> networks.value().compute(task, weights.value()))
          .collect();
    } finally {
      weights.destroy();
    }
  }

  /** Drops the executors' networks. */
  void close() {
    replicas.destroy();
  }
}
