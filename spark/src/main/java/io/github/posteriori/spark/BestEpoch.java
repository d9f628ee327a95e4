package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;

/** Keeps the network as it was after the epoch that is best by its validation. */
final class BestEpoch implements TrainingListener {
  private final BayesModule module;
  private byte[] checkpoint;

  BestEpoch(BayesModule module) {
    this.module = module;
  }

  @Override
  public void epochDone(EpochReport report) {
    if (report.valid().orElseThrow().best()) {
      checkpoint = SharedNetwork.of(module).checkpoint();
    }
  }

  /** Returns the network of the best epoch, after at least one. */
  SharedNetwork network() {
    return new SharedNetwork(checkpoint);
  }
}
