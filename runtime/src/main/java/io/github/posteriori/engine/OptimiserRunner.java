package io.github.posteriori.engine;

/** Runs an optimiser on the trained parameters of one network and holds its state. */
public interface OptimiserRunner {

  /**
   * Sets what the optimiser itself decides of the parameters, such as the deviations that {@link
   * Optimiser.Ivon} starts from. Called before the first step of a training, not of one that is
   * resumed.
   */
  default void start() {}

  /**
   * Takes one training step: computes the {@link NetworkRunner#gradients} and updates the
   * parameters that the loss depends on. If the loss is not finite, neither parameters nor state
   * change, though running statistics may. The gradients are undefined afterwards.
   *
   * @param learningRate the learning rate of this step
   * @return the losses before the step, in nats
   */
  Losses step(StepRequest request, double learningRate);

  /**
   * Updates every trained parameter by its gradient, which may be overwritten; by that of the
   * objective alone if the optimiser {@link Optimiser#accountsForDivergence accounts for the KL
   * divergence}.
   *
   * @param learningRate the learning rate of this step
   */
  void apply(double learningRate);

  /** Returns a copy of the state that later steps depend on, besides the parameters themselves. */
  OptimiserState state();

  /**
   * Continues from the state of another optimiser of the same network.
   *
   * @throws IllegalArgumentException when {@code state} belongs to other parameters or another
   *     optimiser
   */
  void restore(OptimiserState state);
}
