package io.github.posteriori.engine;

/** The purpose of a pass. */
public enum Purpose {
  /** Computes outputs outside training. */
  EVALUATION(false, false),

  /** Computes the outputs of a {@link #TRAINING} pass without its backward pass. */
  FORWARD_ONLY(true, false),

  /** Computes outputs in training, followed by the backward pass. */
  TRAINING(true, true);

  private final boolean training;
  private final boolean keepsActivations;

  Purpose(boolean training, boolean keepsActivations) {
    this.training = training;
    this.keepsActivations = keepsActivations;
  }

  /** Returns whether dropout drops and batch normalisation takes the statistics of the batch. */
  public boolean isTraining() {
    return training;
  }

  /**
   * Returns whether the pass keeps what the backward pass needs, and updates the running
   * statistics.
   */
  public boolean keepsActivations() {
    return keepsActivations;
  }
}
