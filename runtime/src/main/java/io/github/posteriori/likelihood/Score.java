package io.github.posteriori.likelihood;

/**
 * The quality of predictions in the measure of their likelihood.
 *
 * @param name name of the measure, {@code accuracy} or {@code rmse}
 * @param value its value; an accuracy is from 0 to 1, a root mean squared error in the units of the
 *     targets
 */
public record Score(String name, double value) {
  static final String ACCURACY = "accuracy";
  static final String RMSE = "rmse";

  /** Returns whether a higher value is better; of an error a lower one is. */
  public boolean higherIsBetter() {
    return !name.equals(RMSE);
  }

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
