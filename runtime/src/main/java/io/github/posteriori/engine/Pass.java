package io.github.posteriori.engine;

/**
 * One traversal of a network by an engine: forward and, in training, backward with the activations
 * that the forward pass kept.
 *
 * <p>Generated modules call it, stage by stage; engines implement it. A pass belongs to one thread.
 *
 * <p>The engine knows for every signal whether its gradient is needed. It is not needed for the
 * network's input, nor for the output of a stage without trained parameters if none of its inputs'
 * gradients are needed. Such a gradient is not computed; an empty signal stands for it, which all
 * methods accept.
 */
public interface Pass {

  /** Runs {@code input} through a stage. */
  Signal forward(Stage stage, Signal input);

  /** Runs {@code inputs} through a stage whose first layer joins them. */
  Signal join(Stage stage, Signal... inputs);

  /**
   * Propagates the gradient of the loss back through a stage and adds to the gradients of the
   * stage's parameters.
   *
   * @param outputGradient the gradient of the loss with respect to the stage's output
   * @return the gradient of the loss with respect to the stage's input, empty if not needed
   */
  Signal backward(Stage stage, Signal outputGradient);

  /**
   * Propagates a gradient as {@link #backward(Stage, Signal)} does, for a stage that {@link #join}
   * ran.
   *
   * @return the gradient of the loss with respect to each input, in the order of the inputs
   */
  Signal[] split(Stage stage, Signal outputGradient);

  /**
   * Sums the gradients with respect to a signal that several stages took, from the first argument
   * to the last; empty if all of them are.
   */
  Signal sum(Signal... gradients);

  /** Runs {@code input} through a nested network. */
  default Signal forward(Network block, Signal input) {
    return block.forward().run(this, input);
  }

  /** Propagates a gradient as {@link #backward(Stage, Signal)} does, through a nested network. */
  default Signal backward(Network block, Signal outputGradient) {
    return block.backward().run(this, outputGradient);
  }
}
