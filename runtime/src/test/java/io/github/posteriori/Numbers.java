package io.github.posteriori;

import io.github.posteriori.layers.Parameter;
import java.util.function.DoubleUnaryOperator;

/** The numbers of a parameter, to look at and to change. */
public final class Numbers {
  private Numbers() {}

  /** A copy of the values. */
  public static float[] of(Parameter parameter) {
    float[] values = new float[parameter.size()];
    parameter.read(values);
    return values;
  }

  /** A copy of the gradients. */
  public static float[] gradients(Parameter parameter) {
    float[] gradients = new float[parameter.size()];
    parameter.readGradient(0, gradients.length, gradients, 0);
    return gradients;
  }

  /** Changes one value. */
  public static void set(Parameter parameter, int index, double value) {
    parameter.write(index, 1, new float[] {(float) value}, 0);
  }

  /** Changes every value. */
  public static void change(Parameter parameter, DoubleUnaryOperator change) {
    float[] values = of(parameter);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) change.applyAsDouble(values[i]);
    }
    parameter.write(values);
  }
}
