package io.github.posteriori.uncertainty;

/**
 * A network's prediction of one of several labels, and whether it holds.
 *
 * @param holds whether it does
 * @param probability that it does, as predicted
 */
public record LabelAnswer(boolean holds, double probability) {

  /** Returns whether the label is predicted to hold: at a probability of at least 1/2. */
  public boolean predicted() {
    return probability >= 0.5;
  }

  /** The same as a choice between two classes, 0 and 1. */
  public Answer asAnswer() {
    return new Answer(holds ? 1 : 0, predicted() ? 1 : 0, Math.max(probability, 1 - probability));
  }
}
