package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import java.util.Optional;

/** Keeps the network as it was after the epoch that is best by its validation. */
final class BestEpoch implements TrainingListener {
  private final BayesModule module;
  private Optional<byte[]> checkpoint;

  /**
   * Creates a listener.
   *
   * @param before the best network of the epochs before, of a training that goes on
   */
  BestEpoch(BayesModule module, Optional<byte[]> before) {
    this.module = module;
    this.checkpoint = before;
  }

  @Override
  public void epochDone(EpochReport report) {
    if (report.valid().isPresent() && report.valid().get().best()) {
      checkpoint = Optional.of(SharedNetwork.of(module).checkpoint());
    }
  }

  /** Returns the checkpoint of the best epoch, after at least one with validation. */
  Optional<byte[]> checkpoint() {
    return checkpoint;
  }
}
