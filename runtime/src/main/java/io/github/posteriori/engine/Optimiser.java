package io.github.posteriori.engine;

import java.util.List;

/** The rule by which a step changes the parameters: a value that any engine can run. */
public sealed interface Optimiser {

  /** The name on the command line. */
  String name();

  /** The names of the state values kept for each trained value between two steps. */
  List<String> slots();

  /** Returns Adam with the constants of its authors. */
  static Optimiser adam() {
    return new Adam(0.9, 0.999, 1e-8);
  }

  /**
   * Returns stochastic gradient descent with momentum.
   *
   * @param momentum the share of the velocity that a step keeps, at least 0 and below 1
   */
  static Optimiser sgd(double momentum) {
    return new Sgd(momentum);
  }

  /**
   * Adam: {@code m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate sqrt(1 - b2^t) / (1 -
   * b1^t) m / (sqrt(v) + e)}.
   *
   * <p>Source: Kingma and Ba 2015, arXiv 1412.6980, in the order of computation at the end of its
   * section 2.
   *
   * @param meanDecay b1, share of the running mean that a step keeps, at least 0 and below 1
   * @param squareDecay b2, share of the running mean square that a step keeps, at least 0 and below
   *     1
   * @param epsilon e, added to the root of the mean square, above 0
   */
  record Adam(double meanDecay, double squareDecay, double epsilon) implements Optimiser {
    /** The slot of the running mean of the gradient. */
    public static final String MEAN = "mean";

    /** The slot of the running mean of the gradient's square. */
    public static final String SQUARE = "square";

    public Adam {
      requireShare("meanDecay", meanDecay);
      requireShare("squareDecay", squareDecay);
      if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "epsilon is " + epsilon + ", expected a number above 0, such as 1e-8");
      }
    }

    /**
     * Returns the learning rate of step {@code t}, from 1, with the bias correction of the moments.
     */
    public double correctedRate(double learningRate, long t) {
      double correction = Math.sqrt(1 - Math.pow(squareDecay, t)) / (1 - Math.pow(meanDecay, t));
      return learningRate * correction;
    }

    @Override
    public String name() {
      return "adam";
    }

    @Override
    public List<String> slots() {
      return List.of(MEAN, SQUARE);
    }
  }

  /**
   * Stochastic gradient descent with momentum: {@code v = momentum v + g, w -= rate v}.
   *
   * <p>Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods"; in
   * the form of PyTorch's {@code SGD}.
   *
   * @param momentum the share of the velocity that a step keeps, at least 0 and below 1
   */
  record Sgd(double momentum) implements Optimiser {
    /** The slot of the velocity. */
    public static final String VELOCITY = "velocity";

    public Sgd {
      requireShare("momentum", momentum);
    }

    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public List<String> slots() {
      return List.of(VELOCITY);
    }
  }

  private static void requireShare(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          what + " is " + value + ", expected at least 0 and below 1");
    }
  }
}
