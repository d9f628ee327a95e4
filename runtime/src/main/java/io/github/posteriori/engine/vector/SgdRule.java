package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.Optimiser;
import java.util.List;

/** The update of {@link Optimiser.Sgd}, where its equation stands. */
record SgdRule(Optimiser.Sgd sgd) implements UpdateRule {

  @Override
  public List<String> slots() {
    return sgd.slots();
  }

  @Override
  public float rate(double learningRate, long t) {
    return (float) learningRate;
  }

  @Override
  public void update(
      float[] values, float[] gradients, int count, float[][] slots, int at, float rate) {
    float momentum = (float) sgd.momentum();
    float[] velocity = slots[0];
    for (int i = 0; i < count; i++) {
      velocity[at + i] = momentum * velocity[at + i] + gradients[i];
    }
    for (int i = 0; i < count; i++) {
      values[i] -= rate * velocity[at + i];
    }
  }
}
