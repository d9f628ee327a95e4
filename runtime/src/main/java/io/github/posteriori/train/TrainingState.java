package io.github.posteriori.train;

import io.github.posteriori.engine.OptimiserState;
import java.util.List;

/**
 * Where a training stands between two epochs: with the module's weights, all that the rest of it
 * depends on. Order of images, variation and noise are functions of the seed, so they have no
 * state.
 *
 * @param reports of the epochs so far
 * @param optimiser after the last step
 */
public record TrainingState(List<EpochReport> reports, OptimiserState optimiser) {
  public TrainingState {
    reports = List.copyOf(reports);
  }

  /** How many epochs are done. */
  public int epochs() {
    return reports.size();
  }
}
