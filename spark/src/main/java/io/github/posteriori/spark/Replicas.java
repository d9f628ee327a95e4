package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.train.ShardGradients;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** An executor's networks for training, one for each task that runs at a time. */
final class Replicas implements Serializable {
  private static final long serialVersionUID = 1;

  private final SharedNetwork network;
  private transient Deque<Replica> idle;

  Replicas(SharedNetwork network) {
    this.network = network;
  }

  /** Computes the gradients of a shard with these weights. */
  ShardGradients compute(ShardTask task, Weights weights) {
    Replica replica = take();
    replica.set(weights);
    ShardGradients gradients = task.compute(replica.module.runner(), replica.trained);
    giveBack(replica);
    return gradients;
  }

  private Replica take() {
    synchronized (this) {
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    return new Replica(network.load());
  }

  private synchronized void giveBack(Replica replica) {
    if (idle == null) {
      idle = new ArrayDeque<>();
    }
    idle.push(replica);
  }

  /** A network, and the step whose weights it has. */
  private static final class Replica {
    private final BayesModule module;
    private final List<Parameter> trained;
    private long step = -1;

    Replica(BayesModule module) {
      this.module = module;
      this.trained = module.parameters().stream().filter(Parameter::trained).toList();
    }

    void set(Weights weights) {
      if (step != weights.step()) {
        weights.write(trained);
        step = weights.step();
      }
    }
  }
}
