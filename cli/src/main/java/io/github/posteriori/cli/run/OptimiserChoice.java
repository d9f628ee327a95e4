package io.github.posteriori.cli.run;

import io.github.posteriori.engine.Optimiser;

/** The optimisers that the command line knows by name. */
public enum OptimiserChoice {
  /** Adam with the constants of its authors. */
  ADAM(Optimiser.adam(), 1e-3),
  /**
   * Stochastic gradient descent with momentum 0.9. Its steps grow with the loss, which is a sum
   * over all training images; those of Adam do not.
   */
  SGD(Optimiser.sgd(0.9), 1e-6),
  /** IVON, whose learning rate is a share of a Newton step. */
  IVON(Optimiser.ivon(), 0.2);

  private final Optimiser optimiser;
  private final double learningRate;

  OptimiserChoice(Optimiser optimiser, double learningRate) {
    this.optimiser = optimiser;
    this.learningRate = learningRate;
  }

  /** Returns the optimiser itself. */
  public Optimiser optimiser() {
    return optimiser;
  }

  /** Returns a learning rate that suits it where no recipe names another. */
  public double learningRate() {
    return learningRate;
  }
}
