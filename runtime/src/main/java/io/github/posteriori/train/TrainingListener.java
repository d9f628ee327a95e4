package io.github.posteriori.train;

/** Watches a training; called in the thread that trains. */
public interface TrainingListener {

  /** Before the first step of an epoch, from 1, of so many steps. */
  default void epochStarted(int epoch, int steps) {}

  /** After a step. */
  default void stepDone(TrainingStep.Report report) {}

  /** After an epoch and its validation. */
  default void epochDone(EpochReport report) {}
}
