package io.github.posteriori.engine;

/**
 * One traversal of a network by an engine: forward, and in training backward with what the forward
 * pass kept.
 *
 * <p>Generated modules call it, stage by stage; engines implement it. A pass belongs to one thread.
 */
public interface Pass {

  /** Runs {@code input} through a stage. */
  Signal forward(Stage stage, Signal input);

  /**
   * Runs the gradient of the loss back through a stage and keeps the gradients of the stage's
   * parameters.
   *
   * @param outputGradient of the loss by the stage's output
   * @return the gradient of the loss by the stage's input
   */
  Signal backward(Stage stage, Signal outputGradient);

  /** As {@link #backward}, for a stage whose input is the network's: nobody needs its gradient. */
  void backwardToParameters(Stage stage, Signal outputGradient);
}
