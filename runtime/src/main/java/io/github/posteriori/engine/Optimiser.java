package io.github.posteriori.engine;

import java.util.Map;

/**
 * Adam with the constants of its authors, as an engine runs it.
 *
 * <p>Source: Kingma and Ba 2015, arXiv 1412.6980.
 */
public interface Optimiser {
  /** Share of the running mean that a step keeps. */
  double MEAN_DECAY = 0.9;

  /** Share of the running mean square that a step keeps. */
  double SQUARE_DECAY = 0.999;

  /** Added to the root of the mean square. */
  double EPSILON = 1e-8;

  /** Changes every trained value by its gradient, which may be lost. */
  void step(double learningRate);

  /** A copy of what later steps depend on, beside the values themselves. */
  State state();

  /**
   * Goes on from where another optimiser of the same parameters stood.
   *
   * @throws IllegalArgumentException when {@code state} is of other parameters
   */
  void restore(State state);

  /**
   * The running moments of the gradients.
   *
   * @param steps taken so far
   * @param moments of each trained parameter, by its name
   */
  record State(long steps, Map<String, Moments> moments) {

    /** The moments of a parameter of so many numbers. */
    public Moments of(String parameter, long numbers) {
      Moments found = moments.get(parameter);
      if (found == null || found.mean.length != numbers || found.square.length != numbers) {
        throw new IllegalArgumentException(
            "the optimiser's state has "
                + (found == null ? "nothing" : found.mean.length + " numbers")
                + " for "
                + parameter
                + ", expected "
                + numbers
                + ": it belongs to another network");
      }
      return found;
    }
  }

  /**
   * The running means of one parameter's gradient and of its square, row-major.
   *
   * @param mean of the gradient
   * @param square of its square
   */
  record Moments(float[] mean, float[] square) {}
}
