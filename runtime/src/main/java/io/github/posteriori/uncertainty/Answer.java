package io.github.posteriori.uncertainty;

/**
 * What a network answered for one image.
 *
 * @param label the right class
 * @param predicted the most probable class, the first of equals
 * @param confidence the probability of that class
 */
public record Answer(int label, int predicted, double confidence) {

  /** Whether the predicted class is the right one. */
  public boolean right() {
    return predicted == label;
  }
}
