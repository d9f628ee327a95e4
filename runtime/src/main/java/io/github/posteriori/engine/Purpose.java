package io.github.posteriori.engine;

/** What a pass is for. */
public enum Purpose {
  /** Outputs outside training. */
  EVALUATION(false, false),

  /** The outputs that {@link #TRAINING} will have, ahead of it. */
  FORWARD_ONLY(true, false),

  /** Outputs in training, and the way back. */
  TRAINING(true, true);

  private final boolean training;
  private final boolean keepsActivations;

  Purpose(boolean training, boolean keepsActivations) {
    this.training = training;
    this.keepsActivations = keepsActivations;
  }

  /** Whether dropout drops and batch normalisation takes the statistics of the batch. */
  public boolean isTraining() {
    return training;
  }

  /** Whether the pass keeps what the way back needs, and updates the running statistics. */
  public boolean keepsActivations() {
    return keepsActivations;
  }
}
