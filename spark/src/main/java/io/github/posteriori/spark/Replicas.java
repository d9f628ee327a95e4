package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.engine.AllGather;
import io.github.posteriori.train.GradientStep;
import io.github.posteriori.train.Lockstep;
import io.github.posteriori.train.Replica;
import io.github.posteriori.train.ShardGradients;
import io.github.posteriori.train.ShardSteps;
import io.github.posteriori.train.Weights;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An executor's networks for training, one for each shard that it computes at a time. */
final class Replicas implements Serializable {
  private static final long serialVersionUID = 1;

  private final SharedNetwork network;
  private transient Deque<Replica> idle;

  /** The weights of the last update that a task here has asked for. */
  private transient Weights weights;

  private transient long update;

  Replicas(SharedNetwork network) {
    this.network = network;
  }

  /** Computes the gradients of a shard with these weights. */
  ShardGradients compute(GradientStep shard, SentWeights sent) {
    Replica replica = take();
    weights(sent).write(replica);
    ShardGradients gradients = shard.compute(replica, AllGather.alone());
    giveBack(replica);
    return gradients;
  }

  /**
   * Computes the gradients of neighbouring shards with these weights, in step with all other shards
   * of the batch.
   *
   * @param others as {@link Lockstep#run} takes it
   */
  List<ShardGradients> compute(
      List<GradientStep> shards, SentWeights sent, UnaryOperator<double[][]> others) {
    Weights weights = weights(sent);
    List<Replica> replicas = new ArrayList<>();
    List<Function<AllGather, ShardGradients>> work = new ArrayList<>();
    for (GradientStep shard : shards) {
      Replica replica = take();
      replicas.add(replica);
      weights.write(replica);
      work.add(gather -> shard.compute(replica, gather));
    }
    List<ShardGradients> gradients = Lockstep.run(work, others);
    replicas.forEach(this::giveBack);
    return gradients;
  }

  /** Takes the steps of a shard. */
  ShardSteps.Result take(ShardSteps shard) {
    Replica replica = take();
    ShardSteps.Result result = shard.take(replica);
    giveBack(replica);
    return result;
  }

  private synchronized Weights weights(SentWeights sent) {
    if (weights == null || update != sent.number()) {
      weights = sent.weights(weights, update);
      update = sent.number();
    }
    return weights;
  }

  private Replica take() {
    synchronized (this) {
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    BayesModule module = network.load();
    return new Replica(module.runner(), module.parameters());
  }

  private synchronized void giveBack(Replica replica) {
    if (idle == null) {
      idle = new ArrayDeque<>();
    }
    idle.push(replica);
  }
}
