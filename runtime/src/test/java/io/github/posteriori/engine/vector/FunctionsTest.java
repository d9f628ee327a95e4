package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** The functions of the vector engine against those of {@code java.lang.Math} in double. */
class FunctionsTest {
  private static final int POINTS = 400_000;

  private static float of(UnaryOperator<FloatVector> function, float x) {
    return function.apply(FloatVector.broadcast(Lanes.FLOATS, x)).lane(0);
  }

  /** The largest error in units of the last place of the exact result. */
  private static double worst(
      UnaryOperator<FloatVector> function, DoubleUnaryOperator exact, float from, float to) {
    float[] x = new float[POINTS];
    float[] y = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = from + (to - from) * i / POINTS;
    }
    for (int i = 0; i < POINTS; i += Lanes.LENGTH) {
      function.apply(FloatVector.fromArray(Lanes.FLOATS, x, i)).intoArray(y, i);
    }
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
    assertTrue(worst(Functions::softplus, FunctionsTest::softplus, -87, 87) <= 4);
    assertTrue(worst(Functions::softplus, FunctionsTest::softplus, -6, 6) <= 4);
    assertTrue(worst(Functions::softplus, FunctionsTest::softplus, -1e-3f, 1e-3f) <= 4);
  }

  @Test
  void softplusNeverOverflows() {
    assertEquals(1e30f, of(Functions::softplus, 1e30f));
    assertEquals(0f, of(Functions::softplus, -1e30f));
    assertEquals(Float.POSITIVE_INFINITY, of(Functions::softplus, Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(of(Functions::softplus, Float.NaN)));
  }

  @Test
  void itsDerivativeIsWithinFourUnits() {
    DoubleUnaryOperator exact = x -> 1 / (1 + Math.exp(-x));
    assertTrue(worst(Functions::sigmoid, exact, -87, 87) <= 4);
    assertTrue(worst(Functions::sigmoid, exact, -6, 6) <= 4);
  }

  @Test
  void tanhIsWithinFourUnits() {
    assertTrue(worst(Functions::tanh, Math::tanh, -12, 12) <= 4);
    assertTrue(worst(Functions::tanh, Math::tanh, -0.7f, 0.7f) <= 4);
  }

  @Test
  void theExponentialIsWithinTwoUnits() {
    assertTrue(worst(Functions::expOfNegative, Math::exp, -87, 0) <= 2);
  }

  @Test
  void theLogarithmIsWithinFourUnits() {
    assertTrue(worst(Functions::log, Math::log, 1e-3f, 0.9f) <= 4);
    assertTrue(worst(Functions::log, Math::log, 1.1f, 1e6f) <= 4);
  }

  @Test
  void theLogarithmOfSoftplusIsRightWhereSoftplusVanishes() {
    UnaryOperator<FloatVector> function = x -> Functions.logSoftplus(x, Functions.softplus(x));
    DoubleUnaryOperator exact = x -> x < -30 ? x : Math.log(softplus(x));
    assertTrue(worst(function, exact, -500, -1) <= 8);
  }
}
