package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.Lanes.LENGTH;

import io.github.posteriori.annotations.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** y = f(x), and f'(x) for the way back. */
final class ActivationLoops {
  private ActivationLoops() {}

  /**
   * Activates {@code count} numbers of x, from {@code from} on.
   *
   * @param slope gets f'(x) from {@code to} on, or null
   */
  static void run(
      Activation function, float[] x, int from, float[] y, float[] slope, int to, int count) {
    switch (function) {
      case RELU -> {
        if (slope == null) {
          relu(x, from, y, to, count);
        } else {
          reluAndSlope(x, from, y, slope, to, count);
        }
      }
      case SOFTPLUS -> {
        if (slope == null) {
          softplus(x, from, y, to, count);
        } else {
          softplusAndSlope(x, from, y, slope, to, count);
        }
      }
      case TANH -> tanh(x, from, y, slope, to, count);
      case MODEL -> throw new IllegalStateException("MODEL is resolved when a module is built");
    }
  }

  private static void relu(float[] x, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, x, from + i).max(0f).intoArray(y, to + i);
    }
  }

  private static void reluAndSlope(
      float[] x, int from, float[] y, float[] slope, int to, int count) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      a.max(zero).intoArray(y, to + i);
      zero.blend(one, a.compare(VectorOperators.GT, zero)).intoArray(slope, to + i);
    }
  }

  private static void softplus(float[] x, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      Functions.softplus(FloatVector.fromArray(FLOATS, x, from + i)).intoArray(y, to + i);
    }
  }

  private static void softplusAndSlope(
      float[] x, int from, float[] y, float[] slope, int to, int count) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector e = Functions.expOfNegative(a.abs().neg());
      Functions.log1p(e).add(a.max(0f)).intoArray(y, to + i);
      VectorMask<Float> negative = a.compare(VectorOperators.LT, 0f);
      one.blend(e, negative).div(e.add(1f)).intoArray(slope, to + i);
    }
  }

  private static void tanh(float[] x, int from, float[] y, float[] slope, int to, int count) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = Functions.tanh(FloatVector.fromArray(FLOATS, x, from + i));
      a.intoArray(y, to + i);
      if (slope != null) {
        a.neg().fma(a, one).intoArray(slope, to + i);
      }
    }
  }
}
