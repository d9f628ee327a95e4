package io.github.posteriori.engine.vector;

/** Runs a layer, or several fused ones, with one operation for each block. */
final class BlockStep implements Step {
  private final Operation[] operations;
  private final boolean needsInput;
  private final boolean needsOutput;
  private final float[][] outputs;
  private final float[][] gradients;
  private final BlockTasks.Task forward = this::forward;
  private final BlockTasks.Task backward = this::backward;

  // What the tasks find.
  private float[][] x;
  private boolean runs;
  private int sample;
  private int samples;
  private int index;
  private float[][] dy;

  /**
   * Creates a step.
   *
   * @param needsInput whether anybody needs the gradient by what goes in
   * @param needsOutput whether anybody needs the gradient by what comes out
   */
  BlockStep(Operation[] operations, boolean needsInput, boolean needsOutput) {
    this.operations = operations;
    this.needsInput = needsInput;
    this.needsOutput = needsOutput;
    this.outputs = new float[operations.length][];
    this.gradients = new float[operations.length][];
  }

  @Override
  public boolean meets() {
    return false;
  }

  @Override
  public Activations forward(Activations x, int sample, int samples, BlockTasks tasks) {
    boolean draws = operations[0].draws();
    this.x = x.arrays();
    this.runs = !x.isConstant() || sample == 0;
    this.sample = x.isConstant() ? 0 : sample;
    this.samples = x.isConstant() && draws ? samples : 1;
    this.index = x.isConstant() && draws ? sample : 0;
    tasks.add(forward);
    return new Activations(outputs, x.isConstant() && !draws);
  }

  private void forward(int block) {
    if (runs) {
      operations[block].forward(x[block], sample, samples);
    }
    outputs[block] = operations[block].output(index);
  }

  @Override
  public Gradient backward(Gradient dy, BlockTasks tasks) {
    if (dy.isEmpty() || !needsOutput) {
      return Gradient.NONE;
    }
    this.dy = dy.arrays();
    tasks.add(backward);
    return needsInput ? new Gradient(gradients) : Gradient.NONE;
  }

  private void backward(int block) {
    gradients[block] = operations[block].backward(dy[block], needsInput);
  }
}
