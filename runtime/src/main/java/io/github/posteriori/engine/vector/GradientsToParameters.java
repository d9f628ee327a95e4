package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Parameter;

/** Leaves the gradients with the parameters. */
final class GradientsToParameters extends RhoSink {

  GradientsToParameters(double beta) {
    super(beta);
  }

  @Override
  public boolean begin(double loss) {
    return true;
  }

  @Override
  void take(Parameter parameter, int from, int count, float[] gradient, float[] workspace) {
    parameter.writeGradient(from, count, gradient, 0);
  }

  @Override
  public void takeHeld(Parameter parameter, Workers workers) {}
}
