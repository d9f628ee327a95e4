package io.github.posteriori.engine;

/**
 * One traversal of a network by an engine: forward, and in training backward with what the forward
 * pass kept.
 *
 * <p>Generated modules call it, stage by stage; engines implement it. A pass belongs to one thread.
 *
 * <p>The engine knows of every signal whether anybody needs the gradient by it. Nobody does for the
 * network's input, nor for what comes out of a stage without trained parameters whose inputs'
 * gradients nobody needs. Such a gradient is not computed: an empty signal stands for it, which all
 * methods here take.
 */
public interface Pass {

  /** Runs {@code input} through a stage. */
  Signal forward(Stage stage, Signal input);

  /** Runs {@code inputs} through a stage whose first layer joins them. */
  Signal join(Stage stage, Signal... inputs);

  /**
   * Runs the gradient of the loss back through a stage and adds to the gradients of the stage's
   * parameters.
   *
   * @param outputGradient of the loss by the stage's output
   * @return the gradient of the loss by the stage's input, empty where nobody needs it
   */
  Signal backward(Stage stage, Signal outputGradient);

  /**
   * As {@link #backward(Stage, Signal)}, for a stage that {@link #join} ran.
   *
   * @return the gradient of the loss by each input, in the order of the inputs
   */
  Signal[] split(Stage stage, Signal outputGradient);

  /**
   * The gradient by a signal that several stages took: what each of them says, added from the first
   * argument to the last. Empty where all of them are.
   */
  Signal sum(Signal... gradients);

  /** Runs {@code input} through a network that is a part of this one. */
  default Signal forward(Network block, Signal input) {
    return block.forward().run(this, input);
  }

  /** As {@link #backward(Stage, Signal)}, for a network that is a part of this one. */
  default Signal backward(Network block, Signal outputGradient) {
    return block.backward().run(this, outputGradient);
  }
}
