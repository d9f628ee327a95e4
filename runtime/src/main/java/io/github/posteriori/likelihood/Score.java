package io.github.posteriori.likelihood;

/**
 * The quality of predictions in the measure of their likelihood.
 *
 * @param name name of the measure, such as {@code accuracy}
 * @param value its value; an accuracy is from 0 to 1
 */
public record Score(String name, double value) {
  static final String ACCURACY = "accuracy";

  /**
   * Returns the share of examples classified correctly, from 0 to 1.
   *
   * @throws IllegalStateException if this is another measure
   */
  public double accuracy() {
    if (!name.equals(ACCURACY)) {
      throw new IllegalStateException(
          "the score is " + name + ", expected accuracy: ask for value()");
    }
    return value;
  }
}
