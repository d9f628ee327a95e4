package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.layers.ActivationLayer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Computes activations y = f(x) and their slopes f'(x), by the usual reductions of the argument
 * (Cody and Waite 1980, "Software manual for the elementary functions") and polynomials. x and y
 * are different arrays.
 *
 * <p>Loops are short and call nothing that takes a vector: the JVM's compiler gives up on long
 * ones, and may leave a call to a method that it has compiled before, where each vector is an
 * object.
 */
public final class ActivationLoops {
  /** 1.5 times 2^23: added and taken away again, it leaves the nearest whole number. */
  static final float NEAREST = 0x1.8p23f;

  static final float LOG2_E = 1.44269504f;

  /** The least number whose exp is a normal float. */
  static final float LEAST_EXPONENT = -87.33654f;

  private static final float LEAK = (float) ActivationLayer.LEAK;

  private ActivationLoops() {}

  /**
   * Activates {@code count} numbers of x, from {@code from} on.
   *
   * @param slope gets f'(x) from {@code to} on, or null
   */
  public static void run(
      Activation function, float[] x, int from, float[] y, float[] slope, int to, int count) {
    switch (function) {
      case RELU -> relu(x, from, y, slope, to, count);
      case SOFTPLUS -> softplus(x, from, y, slope, to, count);
      case TANH -> tanh(x, from, y, slope, to, count);
      case GELU -> GeluLoops.run(x, from, y, slope, to, count);
      case SILU -> silu(x, from, y, slope, to, count);
      case LEAKY_RELU -> leakyRelu(x, from, y, slope, to, count);
      case SIGMOID -> sigmoid(x, from, y, slope, to, count);
      case IDENTITY -> identity(x, from, y, slope, to, count);
      case MODEL -> throw ActivationLayer.unresolved();
    }
  }

  /** Whether the way back needs the slope; that of piecewise linear functions takes it from y. */
  public static boolean keepsSlope(Activation function) {
    return switch (function) {
      case RELU, LEAKY_RELU, IDENTITY -> false;
      case SOFTPLUS, TANH, GELU, SILU, SIGMOID -> true;
      case MODEL -> throw ActivationLayer.unresolved();
    };
  }

  /**
   * Computes dx = f'(x) dy, all from {@code from} on.
   *
   * @param y the activated numbers
   * @param slope f'(x), null for functions that keep none
   */
  public static void back(
      Activation function, float[] dy, float[] y, float[] slope, float[] dx, int from, int count) {
    if (keepsSlope(function)) {
      for (int i = from; i < from + count; i += LENGTH) {
        FloatVector.fromArray(FLOATS, dy, i)
            .mul(FloatVector.fromArray(FLOATS, slope, i))
            .intoArray(dx, i);
      }
      return;
    }
    switch (function) {
      case RELU -> reluBack(dy, y, dx, from, count);
      case LEAKY_RELU -> leakyReluBack(dy, y, dx, from, count);
      default -> System.arraycopy(dy, from, dx, from, count);
    }
  }

  private static void reluBack(float[] dy, float[] y, float[] dx, int from, int count) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = from; i < from + count; i += LENGTH) {
      VectorMask<Float> positive =
          FloatVector.fromArray(FLOATS, y, i).compare(VectorOperators.GT, 0f);
      zero.blend(FloatVector.fromArray(FLOATS, dy, i), positive).intoArray(dx, i);
    }
  }

  private static void leakyReluBack(float[] dy, float[] y, float[] dx, int from, int count) {
    for (int i = from; i < from + count; i += LENGTH) {
      VectorMask<Float> positive =
          FloatVector.fromArray(FLOATS, y, i).compare(VectorOperators.GT, 0f);
      FloatVector d = FloatVector.fromArray(FLOATS, dy, i);
      d.mul(LEAK).blend(d, positive).intoArray(dx, i);
    }
  }

  private static void relu(float[] x, int from, float[] y, float[] slope, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, x, from + i).max(0f).intoArray(y, to + i);
    }
    if (slope != null) {
      FloatVector zero = FloatVector.zero(FLOATS);
      for (int i = 0; i < count; i += LENGTH) {
        VectorMask<Float> positive =
            FloatVector.fromArray(FLOATS, y, to + i).compare(VectorOperators.GT, 0f);
        zero.blend(1f, positive).intoArray(slope, to + i);
      }
    }
  }

  private static void leakyRelu(float[] x, int from, float[] y, float[] slope, int to, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      a.max(a.mul(LEAK)).intoArray(y, to + i);
    }
    if (slope != null) {
      FloatVector leak = FloatVector.broadcast(FLOATS, LEAK);
      for (int i = 0; i < count; i += LENGTH) {
        VectorMask<Float> positive =
            FloatVector.fromArray(FLOATS, y, to + i).compare(VectorOperators.GT, 0f);
        leak.blend(1f, positive).intoArray(slope, to + i);
      }
    }
  }

  private static void identity(float[] x, int from, float[] y, float[] slope, int to, int count) {
    System.arraycopy(x, from, y, to, count);
    if (slope != null) {
      Arrays.fill(slope, to, to + count, 1f);
    }
  }

  private static void sigmoid(float[] x, int from, float[] y, float[] slope, int to, int count) {
    exponential(x, from, -1, y, to, count);
    if (slope != null) {
      FloatVector one = FloatVector.broadcast(FLOATS, 1f);
      for (int i = 0; i < count; i += LENGTH) {
        FloatVector e = FloatVector.fromArray(FLOATS, y, to + i);
        FloatVector sum = e.add(one);
        e.div(sum.mul(sum)).intoArray(slope, to + i);
      }
    }
    sigmoidOfExponential(x, from, y, to, count);
  }

  /** Computes y = x s and y' = s + y (1 - s), with s = sigmoid(x). */
  private static void silu(float[] x, int from, float[] y, float[] slope, int to, int count) {
    exponential(x, from, -1, y, to, count);
    sigmoidOfExponential(x, from, y, to, count);
    if (slope != null) {
      FloatVector one = FloatVector.broadcast(FLOATS, 1f);
      for (int i = 0; i < count; i += LENGTH) {
        FloatVector s = FloatVector.fromArray(FLOATS, y, to + i);
        FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
        one.sub(s).mul(a).fma(s, s).intoArray(slope, to + i);
      }
    }
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector s = FloatVector.fromArray(FLOATS, y, to + i);
      FloatVector.fromArray(FLOATS, x, from + i).mul(s).intoArray(y, to + i);
    }
  }

  private static void softplus(float[] x, int from, float[] y, float[] slope, int to, int count) {
    float[] e = slope == null ? y : slope;
    exponential(x, from, -1, e, to, count);
    softplusOfExponential(x, from, e, y, to, count);
    if (slope != null) {
      sigmoidOfExponential(x, from, slope, to, count);
    }
  }

  /**
   * Computes y = exp(factor |x|), with factor at most 0, as 2^n exp(r) with |r| at most ln 2 / 2; 0
   * where the result is no normal float. It takes two short loops, of which the first leaves 2^n in
   * y, so y must not be x. Both stand in one method of more than 325 bytecodes, which C2 compiles
   * by itself even in a JVM that takes no directive for it ({@code KernelCompilation}).
   */
  static void exponential(float[] x, int from, float factor, float[] y, int to, int count) {
    FloatVector log2e = FloatVector.broadcast(FLOATS, LOG2_E);
    FloatVector nearest = FloatVector.broadcast(FLOATS, NEAREST);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i).abs().mul(factor);
      FloatVector shifted = a.max(LEAST_EXPONENT).fma(log2e, nearest); // n in the last bits
      FloatVector power =
          shifted
              .viewAsIntegralLanes()
              .add(127)
              .lanewise(VectorOperators.LSHL, 23)
              .viewAsFloatingLanes();
      power.blend(0f, a.compare(VectorOperators.LT, LEAST_EXPONENT)).intoArray(y, to + i);
    }
    FloatVector minusHigh = FloatVector.broadcast(FLOATS, -Ln2.HIGH);
    FloatVector minusLow = FloatVector.broadcast(FLOATS, -Ln2.LOW);
    FloatVector p7 = FloatVector.broadcast(FLOATS, 1.9875691500e-4f);
    FloatVector p6 = FloatVector.broadcast(FLOATS, 1.3981999507e-3f);
    FloatVector p5 = FloatVector.broadcast(FLOATS, 8.3334519073e-3f);
    FloatVector p4 = FloatVector.broadcast(FLOATS, 4.1665795894e-2f);
    FloatVector p3 = FloatVector.broadcast(FLOATS, 1.6666665459e-1f);
    FloatVector p2 = FloatVector.broadcast(FLOATS, 5.0000001201e-1f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i).abs().mul(factor);
      FloatVector clamped = a.max(LEAST_EXPONENT);
      FloatVector whole = clamped.fma(log2e, nearest).sub(nearest);
      FloatVector r = whole.fma(minusLow, whole.fma(minusHigh, clamped));
      FloatVector p = p7.fma(r, p6).fma(r, p5).fma(r, p4).fma(r, p3).fma(r, p2);
      p.fma(r.mul(r), r.add(1f)).mul(FloatVector.fromArray(FLOATS, y, to + i)).intoArray(y, to + i);
    }
  }

  /**
   * Computes y = softplus(x) = max(x, 0) + ln(1 + e), with e = exp(-|x|); y may be e. With s = e /
   * (2 + e), at most 1/3, the logarithm is 2 atanh(s).
   */
  static void softplusOfExponential(float[] x, int from, float[] e, float[] y, int to, int count) {
    logarithm(e, y, to, count);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector positive = FloatVector.fromArray(FLOATS, x, from + i).max(0f);
      positive.add(FloatVector.fromArray(FLOATS, y, to + i)).intoArray(y, to + i);
    }
  }

  private static void logarithm(float[] e, float[] y, int at, int count) {
    FloatVector two = FloatVector.broadcast(FLOATS, 2f);
    FloatVector p9 = FloatVector.broadcast(FLOATS, 0.23238919f);
    FloatVector p7 = FloatVector.broadcast(FLOATS, 0.21703348f);
    FloatVector p5 = FloatVector.broadcast(FLOATS, 0.28592581f);
    FloatVector p3 = FloatVector.broadcast(FLOATS, 0.39999701f);
    FloatVector p1 = FloatVector.broadcast(FLOATS, 0.66666667f);
    for (int i = at; i < at + count; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(FLOATS, e, i);
      FloatVector s = u.div(u.add(two));
      FloatVector square = s.mul(s);
      FloatVector p = p9.fma(square, p7).fma(square, p5).fma(square, p3).fma(square, p1);
      p.mul(square).fma(s, s.add(s)).intoArray(y, i);
    }
  }

  /**
   * Replaces e = exp(-|x|) by the derivative of softplus: 1 / (1 + e), or e / (1 + e) for negative
   * x.
   */
  static void sigmoidOfExponential(float[] x, int from, float[] e, int to, int count) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Float> negative =
          FloatVector.fromArray(FLOATS, x, from + i).compare(VectorOperators.LT, 0f);
      FloatVector a = FloatVector.fromArray(FLOATS, e, to + i);
      one.blend(a, negative).div(a.add(one)).intoArray(e, to + i);
    }
  }

  /**
   * Computes tanh(x) = x + x^3 P(x^2) where |x| is small, else +-(1 - e) / (1 + e) with e = exp(-2
   * |x|).
   */
  private static void tanh(float[] x, int from, float[] y, float[] slope, int to, int count) {
    exponential(x, from, -2, y, to, count);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector square = a.mul(a);
      FloatVector p = FloatVector.broadcast(FLOATS, -5.70498872745e-3f);
      p = p.fma(square, FloatVector.broadcast(FLOATS, 2.06390887954e-2f));
      p = p.fma(square, FloatVector.broadcast(FLOATS, -5.37397155531e-2f));
      p = p.fma(square, FloatVector.broadcast(FLOATS, 1.33314422036e-1f));
      p = p.fma(square, FloatVector.broadcast(FLOATS, -3.33332819422e-1f));
      FloatVector small = p.mul(square).fma(a, a);
      FloatVector e = FloatVector.fromArray(FLOATS, y, to + i);
      FloatVector large = one.sub(e).div(e.add(one));
      large = large.blend(large.neg(), a.compare(VectorOperators.LT, 0f));
      large.blend(small, a.abs().compare(VectorOperators.LT, 0.625f)).intoArray(y, to + i);
    }
    if (slope != null) {
      for (int i = 0; i < count; i += LENGTH) {
        FloatVector a = FloatVector.fromArray(FLOATS, y, to + i);
        a.neg().fma(a, one).intoArray(slope, to + i);
      }
    }
  }
}
