package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.Optimiser;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** The update of {@link Optimiser.Adam}, where its equation stands. */
record AdamRule(
    Optimiser.Adam adam,
    float meanDecay,
    float meanShare,
    float squareDecay,
    float squareShare,
    float epsilon)
    implements UpdateRule {

  AdamRule(Optimiser.Adam adam) {
    this(
        adam,
        (float) adam.meanDecay(),
        (float) (1 - adam.meanDecay()),
        (float) adam.squareDecay(),
        (float) (1 - adam.squareDecay()),
        (float) adam.epsilon());
  }

  @Override
  public List<String> slots() {
    return adam.slots();
  }

  @Override
  public float rate(double learningRate, long t) {
    return (float) adam.correctedRate(learningRate, t);
  }

  @Override
  public void update(
      float[] values, float[] gradients, int count, float[][] slots, int at, float rate) {
    int whole = count / LENGTH * LENGTH;
    update(values, gradients, slots, at, rate, whole);
    updateRest(values, gradients, slots, at, rate, whole, count);
  }

  private void update(
      float[] value, float[] gradient, float[][] slots, int at, float rate, int count) {
    float[] mean = slots[0];
    float[] square = slots[1];
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector m = FloatVector.fromArray(FLOATS, mean, at + i);
      FloatVector v = FloatVector.fromArray(FLOATS, square, at + i);
      m = m.mul(meanDecay).add(g.mul(meanShare));
      v = v.mul(squareDecay).add(g.mul(g).mul(squareShare));
      m.intoArray(mean, at + i);
      v.intoArray(square, at + i);
      FloatVector step = m.mul(rate).div(v.sqrt().add(epsilon));
      FloatVector.fromArray(FLOATS, value, i).sub(step).intoArray(value, i);
    }
  }

  /** As {@link #update}, one by one: what lies behind may be another thread's. */
  private void updateRest(
      float[] value, float[] gradient, float[][] slots, int at, float rate, int from, int to) {
    float[] mean = slots[0];
    float[] square = slots[1];
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float m = mean[at + i] * meanDecay + g * meanShare;
      float v = square[at + i] * squareDecay + g * g * squareShare;
      mean[at + i] = m;
      square[at + i] = v;
      value[i] -= m * rate / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
