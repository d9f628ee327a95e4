package io.github.posteriori.engine.vector;

/**
 * Runs a layer, or several fused ones, on the blocks of a pass: with one operation for each block,
 * or with a {@link WholeBatchOperation} for all.
 */
final class Step {
  private final Workers workers;
  private final Operation[] operations;
  private final WholeBatchOperation wholeBatch;
  private final boolean needsInput;
  private final boolean needsOutput;
  private final float[][] outputs;
  private final float[][] gradients;
  private float[][] wholeBatchOutputs;

  /**
   * Creates a step with one operation for each block.
   *
   * @param needsInput whether anybody needs the gradient by what goes in
   * @param needsOutput whether anybody needs the gradient by what comes out
   */
  Step(Workers workers, Operation[] operations, boolean needsInput, boolean needsOutput) {
    this.workers = workers;
    this.operations = operations;
    this.wholeBatch = null;
    this.needsInput = needsInput;
    this.needsOutput = needsOutput;
    this.outputs = new float[operations.length][];
    this.gradients = new float[operations.length][];
  }

  /** Creates a step that takes the whole batch. */
  Step(WholeBatchOperation wholeBatch, boolean needsInput, boolean needsOutput) {
    this.workers = null;
    this.operations = new Operation[0];
    this.wholeBatch = wholeBatch;
    this.needsInput = needsInput;
    this.needsOutput = needsOutput;
    this.outputs = null;
    this.gradients = null;
  }

  /** Whether the step takes all blocks of a batch at once. */
  boolean takesWholeBatch() {
    return wholeBatch != null;
  }

  /**
   * Runs forward. What does not depend on the posterior sample is computed with the first one only;
   * the first operation that draws does so for all samples at once.
   *
   * @param sample which one of the run's samples, in turn from 0
   * @param samples how many the run has
   */
  Activations forward(Activations x, int sample, int samples) {
    if (wholeBatch != null) {
      if (!x.isConstant() || sample == 0) {
        wholeBatchOutputs = wholeBatch.forward(x.arrays());
      }
      return new Activations(wholeBatchOutputs, x.isConstant());
    }
    boolean draws = operations[0].draws();
    if (!x.isConstant()) {
      workers.run(
          operations.length,
          (block, worker) -> operations[block].forward(x.arrays()[block], sample, 1));
    } else if (sample == 0) {
      workers.run(
          operations.length,
          (block, worker) -> operations[block].forward(x.arrays()[block], 0, draws ? samples : 1));
    }
    for (int block = 0; block < operations.length; block++) {
      outputs[block] = operations[block].output(x.isConstant() && draws ? sample : 0);
    }
    return new Activations(outputs, x.isConstant() && !draws);
  }

  /** Computes the gradients by the parameters, and that by the input where it is needed. */
  Gradient backward(Gradient dy) {
    if (dy.isEmpty() || !needsOutput) {
      return Gradient.NONE;
    }
    if (wholeBatch != null) {
      float[][] dx = wholeBatch.backward(dy.arrays());
      return needsInput ? new Gradient(dx) : Gradient.NONE;
    }
    workers.run(
        operations.length,
        (block, worker) ->
            gradients[block] = operations[block].backward(dy.arrays()[block], needsInput));
    return needsInput ? new Gradient(gradients) : Gradient.NONE;
  }
}
