package io.github.posteriori.engine.vector;

import io.github.posteriori.layers.Parameter;

/** What becomes of the gradients of a training pass. */
interface GradientSink {
  /** Leaves them with the parameters. */
  GradientSink PARAMETERS =
      new GradientSink() {
        @Override
        public boolean begin(double loss) {
          return true;
        }

        @Override
        public void take(
            ParameterWindow tensor, int from, int count, float[] gradient, float[] workspace) {
          tensor.writeGradient(from, count, gradient, 0);
        }

        @Override
        public void takeHeld(Parameter parameter, Workers workers) {}
      };

  /**
   * Called once before any gradient is taken.
   *
   * @param loss of the pass, in nats
   * @return whether gradients are wanted
   */
  boolean begin(double loss);

  /**
   * Takes the gradient by {@code count} numbers of a parameter from {@code from} on. Several
   * threads bring theirs at a time, each of other numbers.
   *
   * @param workspace of as many numbers, which may be changed
   */
  void take(ParameterWindow tensor, int from, int count, float[] gradient, float[] workspace);

  /** Takes the gradient that a parameter holds already, when all others were taken. */
  void takeHeld(Parameter parameter, Workers workers);
}
