package io.github.posteriori.engine.vector;

/** Runs a layer for which all blocks have to meet. */
final class WholeBatchStep implements Step {
  private final WholeBatchOperation operation;
  private final boolean needsInput;
  private final boolean needsOutput;
  private final float[][] outputs;
  private final float[][] gradients;
  private final BlockTasks.Task gather = this::gather;
  private final BlockTasks.Task forward = this::forward;
  private final BlockTasks.Task gatherBack = this::gatherBack;
  private final BlockTasks.Task backward = this::backward;

  // What the tasks find.
  private float[][] x;
  private float[][] dy;

  WholeBatchStep(
      int blocks, WholeBatchOperation operation, boolean needsInput, boolean needsOutput) {
    this.operation = operation;
    this.needsInput = needsInput;
    this.needsOutput = needsOutput;
    this.outputs = new float[blocks][];
    this.gradients = new float[blocks][];
  }

  @Override
  public boolean meets() {
    return true;
  }

  @Override
  public Activations forward(Activations x, int sample, int samples, BlockTasks tasks) {
    if (!x.isConstant() || sample == 0) {
      this.x = x.arrays();
      tasks.add(gather);
      tasks.run();
      operation.meet(x.arrays(), tasks.shards());
      tasks.add(forward);
    }
    return new Activations(outputs, x.isConstant());
  }

  private void gather(int block) {
    operation.gather(block, x[block]);
  }

  private void forward(int block) {
    outputs[block] = operation.forward(block, x[block]);
  }

  @Override
  public Gradient backward(Gradient dy, BlockTasks tasks) {
    if (dy.isEmpty() || !needsOutput) {
      return Gradient.NONE;
    }
    this.dy = dy.arrays();
    tasks.add(gatherBack);
    tasks.run();
    operation.meetBack(dy.arrays(), tasks.shards());
    if (!needsInput) {
      return Gradient.NONE;
    }
    tasks.add(backward);
    return new Gradient(gradients);
  }

  private void gatherBack(int block) {
    operation.gatherBack(block, dy[block]);
  }

  private void backward(int block) {
    gradients[block] = operation.backward(block, dy[block]);
  }
}
