package io.github.posteriori.engine.vector.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.annotations.Activation;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The functions of the vector engine against those of {@code java.lang.Math} in double. */
class ActivationLoopsTest {
  private static final int POINTS = 400_000;

  private static UnaryOperator<float[]> values(Activation function) {
    return x -> {
      float[] y = new float[x.length];
      ActivationLoops.run(function, x, 0, y, null, 0, x.length);
      return y;
    };
  }

  private static UnaryOperator<float[]> slopes(Activation function) {
    return x -> {
      float[] slope = new float[x.length];
      ActivationLoops.run(function, x, 0, new float[x.length], slope, 0, x.length);
      return slope;
    };
  }

  private static float softplusOf(float x) {
    float[] all = new float[Lanes.LENGTH];
    Arrays.fill(all, x);
    return values(Activation.SOFTPLUS).apply(all)[0];
  }

  /** The largest error in units of the last place of the exact result. */
  private static double worst(
      UnaryOperator<float[]> function, DoubleUnaryOperator exact, float from, float to) {
    float[] x = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = from + (to - from) * i / POINTS;
    }
    float[] y = function.apply(x);
    double worst = 0;
    for (int i = 0; i < POINTS; i++) {
      double expected = exact.applyAsDouble(x[i]);
      double unit = Math.max(Math.ulp((float) expected), Float.MIN_NORMAL);
      worst = Math.max(worst, Math.abs(y[i] - expected) / unit);
    }
    return worst;
  }

  /** The largest error. */
  private static double farthest(
      UnaryOperator<float[]> function, DoubleUnaryOperator exact, float from, float to) {
    float[] x = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = from + (to - from) * i / POINTS;
    }
    float[] y = function.apply(x);
    double farthest = 0;
    for (int i = 0; i < POINTS; i++) {
      farthest = Math.max(farthest, Math.abs(y[i] - exact.applyAsDouble(x[i])));
    }
    return farthest;
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Test
  void softplusIsWithinFourUnitsOfTheLastPlace() {
    UnaryOperator<float[]> found = values(Activation.SOFTPLUS);
    assertTrue(worst(found, ActivationLoopsTest::softplus, -87, 87) <= 4);
    assertTrue(worst(found, ActivationLoopsTest::softplus, -6, 6) <= 4);
    assertTrue(worst(found, ActivationLoopsTest::softplus, -1e-3f, 1e-3f) <= 4);
  }

  @Test
  void softplusNeverOverflows() {
    assertEquals(1e30f, softplusOf(1e30f));
    assertEquals(0f, softplusOf(-1e30f));
    assertEquals(Float.POSITIVE_INFINITY, softplusOf(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(softplusOf(Float.NaN)));
  }

  @Test
  void itsDerivativeIsWithinFourUnits() {
    DoubleUnaryOperator exact = x -> 1 / (1 + Math.exp(-x));
    assertTrue(worst(slopes(Activation.SOFTPLUS), exact, -87, 87) <= 4);
    assertTrue(worst(slopes(Activation.SOFTPLUS), exact, -6, 6) <= 4);
  }

  @Test
  void tanhIsWithinFourUnits() {
    assertTrue(worst(values(Activation.TANH), Math::tanh, -12, 12) <= 4);
    assertTrue(worst(values(Activation.TANH), Math::tanh, -0.7f, 0.7f) <= 4);
  }

  @Test
  void reluAndItsDerivativeAreExact() {
    assertEquals(0, worst(values(Activation.RELU), x -> Math.max(x, 0), -3, 3));
    assertEquals(0, worst(slopes(Activation.RELU), x -> x > 0 ? 1 : 0, -3, 3));
  }

  @Test
  void sigmoidAndSiluAreWithinSixUnits() {
    DoubleUnaryOperator sigmoid = x -> 1 / (1 + Math.exp(-x));
    assertTrue(worst(values(Activation.SIGMOID), sigmoid, -87, 87) <= 6);
    assertTrue(worst(values(Activation.SIGMOID), sigmoid, -6, 6) <= 6);
    assertTrue(worst(values(Activation.SILU), x -> x * sigmoid.applyAsDouble(x), -80, 87) <= 6);
    assertTrue(worst(values(Activation.SILU), x -> x * sigmoid.applyAsDouble(x), -6, 6) <= 6);
  }

  @Test
  void geluIsWithinAMillionthOfItsSize() {
    DoubleUnaryOperator gelu = x -> x * phi(x);
    assertTrue(farthest(values(Activation.GELU), gelu, -20, 20) <= 1e-6);
    assertTrue(worst(values(Activation.GELU), gelu, -2, 2) <= 6);
    assertTrue(worst(values(Activation.GELU), gelu, -1e-3f, 1e-3f) <= 6);
    assertTrue(worst(values(Activation.GELU), gelu, 2, 1e6f) <= 4);
  }

  @Test
  void slopesThatAreKeptAreWithinAMillionth() {
    DoubleUnaryOperator s = x -> 1 / (1 + Math.exp(-x));
    assertTrue(
        farthest(slopes(Activation.SIGMOID), x -> s.applyAsDouble(x) * s.applyAsDouble(-x), -30, 30)
            <= 1e-6);
    assertTrue(
        farthest(
                slopes(Activation.SILU),
                x -> s.applyAsDouble(x) * (1 + x * s.applyAsDouble(-x)),
                -30,
                30)
            <= 1e-6);
    assertTrue(
        farthest(
                slopes(Activation.GELU),
                x -> phi(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI),
                -20,
                20)
            <= 1e-6);
  }

  @Test
  void piecewiseLinearFunctionsAreExact() {
    float leak = 0.01f;
    assertEquals(0, worst(values(Activation.LEAKY_RELU), x -> x > 0 ? x : leak * (float) x, -3, 3));
    assertEquals(0, worst(slopes(Activation.LEAKY_RELU), x -> x > 0 ? 1 : leak, -3, 3));
    assertEquals(0, worst(values(Activation.IDENTITY), x -> x, -3, 3));
    assertEquals(0, worst(slopes(Activation.IDENTITY), x -> 1, -3, 3));
  }

  /** Phi(x) by Marsaglia's series, in which nothing cancels. */
  private static double phi(double x) {
    double a = Math.abs(x);
    if (a > 8) {
      return x < 0 ? 0 : 1;
    }
    double sum = a;
    double term = a;
    for (int i = 3; term > 1e-18 * sum; i += 2) {
      term *= a * a / i;
      sum += term;
    }
    double above = sum * Math.exp(-a * a / 2) / Math.sqrt(2 * Math.PI);
    return x < 0 ? 0.5 - above : 0.5 + above;
  }

  @Test
  void theLogarithmOfSigmaIsRightWhereSigmaVanishes() {
    UnaryOperator<float[]> found =
        rho -> {
          float[] sigma = new float[rho.length];
          PosteriorLoops.sigma(rho, sigma, true, new float[rho.length], rho.length);
          float[] logs = new float[rho.length];
          PosteriorLoops.logSigma(rho, sigma, logs, rho.length);
          return logs;
        };
    DoubleUnaryOperator exact = x -> x < -30 ? x : Math.log(softplus(x));
    assertTrue(worst(found, exact, -500, -1) <= 8);
  }
}
