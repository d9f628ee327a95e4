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
