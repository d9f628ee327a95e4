package io.github.posteriori.spark;

import io.github.posteriori.train.WeightChange;
import io.github.posteriori.train.WeightUpdate;
import io.github.posteriori.train.Weights;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The weights of a step on their way to executors, which fetch what they lack: the change, or all
 * of them where an executor does not have those of the step before.
 */
final class SentWeights implements Serializable {
  private static final long serialVersionUID = 1;

  private final long number;
  private final Broadcast<Weights> whole;

  /** Null where there is none. */
  private final Broadcast<WeightChange> change;

  private SentWeights(long number, Broadcast<Weights> whole, Broadcast<WeightChange> change) {
    this.number = number;
    this.whole = whole;
    this.change = change;
  }

  static SentWeights broadcast(JavaSparkContext context, WeightUpdate update) {
    Optional<Broadcast<WeightChange>> change = update.change().map(context::broadcast);
    return new SentWeights(
        update.number(), context.broadcast(update.weights()), change.orElse(null));
  }

  /** The number of the update. */
  long number() {
    return number;
  }

  /**
   * Returns the weights.
   *
   * @param held those of another update, or null
   * @param heldNumber the number of that update
   */
  Weights weights(Weights held, long heldNumber) {
    boolean follows = change != null && held != null && heldNumber == number - 1;
    return follows ? change.value().applied(held) : whole.value();
  }

  /** Drops the weights on all executors. */
  void destroy() {
    whole.destroy();
    if (change != null) {
      change.destroy();
    }
  }
}
