package io.github.posteriori.engine.nd4j;

/** What a pass is for. */
enum Purpose {
  /** Outputs outside training. */
  EVALUATION(false, false),

  /** The outputs that {@link #TRAINING} will have, ahead of it. */
  PREVIEW(true, false),

  /** Outputs in training, and the way back. */
  TRAINING(true, true);

  private final boolean training;
  private final boolean lasting;

  Purpose(boolean training, boolean lasting) {
    this.training = training;
    this.lasting = lasting;
  }

  /** Whether dropout drops and batch normalisation takes the statistics of the batch. */
  boolean isTraining() {
    return training;
  }

  /** Whether the pass leaves behind what the way back needs, and the running statistics. */
  boolean isLasting() {
    return lasting;
  }
}
