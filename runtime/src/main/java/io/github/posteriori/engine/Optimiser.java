package io.github.posteriori.engine;

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
}
