package io.github.posteriori.uncertainty;

/**
 * A network's prediction for one labelled image.
 *
 * @param label the true class
 * @param predicted the most probable class, the first of equals
 * @param confidence the probability of the predicted class
 */
public record Answer(int label, int predicted, double confidence) {

  /** Returns whether the predicted class is correct. */
  public boolean right() {
    return predicted == label;
  }
}
