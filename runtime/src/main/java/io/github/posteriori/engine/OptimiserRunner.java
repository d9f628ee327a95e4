package io.github.posteriori.engine;

/** An optimiser at work on the trained parameters of one network, with its state. */
public interface OptimiserRunner {

  /**
   * Takes one step of training: {@link NetworkRunner#gradients} and a change of the parameters that
   * the loss depends on. Where the loss is not finite neither they nor the state change; running
   * statistics may. What gradients the parameters hold afterwards is not defined.
   *
   * @param learningRate of this step
   * @return the losses before the step, in nats
   */
  Losses step(StepRequest request, double learningRate);

  /**
   * Changes every trained parameter by the gradient that it holds, which may be lost.
   *
   * @param learningRate of this step
   */
  void apply(double learningRate);

  /** A copy of what later steps depend on, beside the parameters themselves. */
  OptimiserState state();

  /**
   * Goes on from where another optimiser of the same network stood.
   *
   * @throws IllegalArgumentException when {@code state} is of other parameters or another optimiser
   */
  void restore(OptimiserState state);
}
