package io.github.posteriori.train;

/** Watches a training, in the thread that trains. */
public interface TrainingListener {

  /** Called before the first of {@code steps} steps of an epoch, from 1. */
  default void epochStarted(int epoch, int steps) {}

  /** Called after a step. */
  default void stepDone(TrainingStep.Report report) {}

  /** Called after an epoch and its validation. */
  default void epochDone(EpochReport report) {}
}
