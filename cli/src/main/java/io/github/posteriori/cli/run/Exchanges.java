package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Trainer;
import io.github.posteriori.train.Exchange;
import java.util.function.Supplier;

/** Says who computes the gradients of a training's shards. */
@FunctionalInterface
public interface Exchanges {

  /**
   * Has a trainer divide every batch.
   *
   * @param module the one that is trained
   * @param shards parts of a batch, at least 1
   * @param exchange what they exchange
   * @param copies makes modules like it, once an epoch is begun
   */
  void divide(
      Trainer trainer,
      BayesModule module,
      int shards,
      Exchange exchange,
      Supplier<BayesModule> copies);

  /** Returns the exchanges of a machine that computes all shards itself. */
  static Exchanges here() {
    return (trainer, module, shards, exchange, copies) -> trainer.shards(shards, copies, exchange);
  }
}
