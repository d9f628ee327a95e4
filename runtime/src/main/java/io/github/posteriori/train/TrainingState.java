package io.github.posteriori.train;

import io.github.posteriori.engine.OptimiserState;
import java.util.List;
import java.util.Optional;

/**
 * The state of a training between two epochs: together with the module's weights, all that the rest
 * of the training depends on. Image order, augmentation and noise are functions of the random seed
 * and have no state.
 *
 * @param reports reports of the epochs so far
 * @param optimiser state of the optimiser after the last step
 * @param average state of the {@link WeightAverage} that the module has; empty if it has the
 *     weights of the last step
 */
public record TrainingState(
    List<EpochReport> reports, OptimiserState optimiser, Optional<OptimiserState> average) {
  public TrainingState {
    reports = List.copyOf(reports);
  }

  /** The number of epochs so far. */
  public int epochs() {
    return reports.size();
  }
}
