package io.github.posteriori.engine.vector;

/** Runs a layer, or several fused ones, on the blocks of a pass. */
interface Step {
  /**
   * Runs forward. What does not depend on the posterior sample is computed with the first one only;
   * the first operation that draws does so for all samples at once.
   *
   * @param sample which one of the run's samples, in turn from 0
   * @param samples how many the run has
   * @param tasks gets the work of each block
   * @return arrays that are filled when the tasks have run
   */
  Activations forward(Activations x, int sample, int samples, BlockTasks tasks);

  /**
   * Computes the gradients by the parameters, and that by the input where it is needed.
   *
   * @param tasks gets the work of each block
   */
  Gradient backward(Gradient dy, BlockTasks tasks);

  /** Whether the blocks have to meet. */
  boolean meets();
}
