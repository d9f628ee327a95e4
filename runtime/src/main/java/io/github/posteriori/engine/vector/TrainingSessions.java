package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.StepRequest;

/**
 * The sessions of one training: those that suit its first batch, since no later one is larger. So
 * the last batch of an epoch, which may be smaller, needs no memory of its own.
 */
final class TrainingSessions {
  private final VectorRunner runner;
  private Sessions chosen;

  TrainingSessions(VectorRunner runner) {
    this.runner = runner;
  }

  /** Runs a training pass whose gradients go to {@code sink}. */
  Losses step(StepRequest request, GradientSink sink) {
    if (chosen == null) {
      chosen = runner.training(request.count());
    }
    return chosen.run(session -> session.gradients(request, sink));
  }
}
