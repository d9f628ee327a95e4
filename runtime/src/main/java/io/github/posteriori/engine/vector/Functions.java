package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions of a register of numbers, by the usual reductions of the argument (Cody and
 * Waite 1980, "Software manual for the elementary functions") and polynomials.
 */
final class Functions {
  /** 1.5 times 2^23: added and taken away again, it leaves the nearest whole number. */
  private static final float NEAREST = 0x1.8p23f;

  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** exp of less has no normal float. */
  private static final float LEAST_EXPONENT = -87.33654f;

  /** Below, softplus(x) is exp(x) to the last bit, and its logarithm x. */
  private static final float EXPONENTIAL = -17f;

  private Functions() {}

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  /** exp(x) for x at most 0: 2^n exp(r) with |r| at most ln 2 / 2; 0 where no normal float is. */
  static FloatVector expOfNegative(FloatVector x) {
    FloatVector clamped = x.max(LEAST_EXPONENT);
    FloatVector shifted = clamped.fma(constant(LOG2_E), constant(NEAREST));
    FloatVector whole = shifted.sub(NEAREST);
    FloatVector r = whole.fma(constant(-LN2_HIGH), clamped);
    r = whole.fma(constant(-LN2_LOW), r);
    FloatVector p = constant(1.9875691500e-4f);
    p = p.fma(r, constant(1.3981999507e-3f));
    p = p.fma(r, constant(8.3334519073e-3f));
    p = p.fma(r, constant(4.1665795894e-2f));
    p = p.fma(r, constant(1.6666665459e-1f));
    p = p.fma(r, constant(5.0000001201e-1f));
    p = p.fma(r.mul(r), r.add(1f));
    // The last bits of the shifted number are those of n.
    FloatVector power =
        shifted
            .viewAsIntegralLanes()
            .add(127)
            .lanewise(VectorOperators.LSHL, 23)
            .viewAsFloatingLanes();
    return p.mul(power).blend(0f, x.compare(VectorOperators.LT, LEAST_EXPONENT));
  }

  /** ln(1 + e) for e in [0, 1]: with s = e / (2 + e) it is 2 atanh(s), s at most 1/3. */
  static FloatVector log1p(FloatVector e) {
    FloatVector s = e.div(e.add(2f));
    FloatVector square = s.mul(s);
    FloatVector p = constant(0.23238919f);
    p = p.fma(square, constant(0.21703348f));
    p = p.fma(square, constant(0.28592581f));
    p = p.fma(square, constant(0.39999701f));
    p = p.fma(square, constant(0.66666667f));
    return p.mul(square).fma(s, s.add(s));
  }

  /** softplus(x) = max(x, 0) + ln(1 + exp(-|x|)). */
  static FloatVector softplus(FloatVector x) {
    return log1p(expOfNegative(x.abs().neg())).add(x.max(0f));
  }

  /** The derivative of softplus, 1 / (1 + exp(-x)), without overflow. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
    return constant(1f).blend(e, negative).div(e.add(1f));
  }

  /** tanh(x) = x + x^3 P(x^2) where |x| is small, else +-(1 - e) / (1 + e) with e = exp(-2 |x|). */
  static FloatVector tanh(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector p = constant(-5.70498872745e-3f);
    p = p.fma(square, constant(2.06390887954e-2f));
    p = p.fma(square, constant(-5.37397155531e-2f));
    p = p.fma(square, constant(1.33314422036e-1f));
    p = p.fma(square, constant(-3.33332819422e-1f));
    FloatVector small = p.mul(square).fma(x, x);
    FloatVector e = expOfNegative(x.abs().mul(-2f));
    FloatVector large = constant(1f).sub(e).div(e.add(1f));
    large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    return large.blend(small, x.abs().compare(VectorOperators.LT, 0.625f));
  }

  /** ln x for a positive normal x: x = 2^n m with m in [sqrt(1/2), sqrt(2)). */
  static FloatVector log(FloatVector x) {
    int half = Float.floatToRawIntBits(0.70710678f);
    IntVector bits = x.viewAsIntegralLanes().sub(half);
    FloatVector n =
        (FloatVector)
            bits.lanewise(VectorOperators.ASHR, 23).convertShape(VectorOperators.I2F, FLOATS, 0);
    FloatVector m = bits.and(0x7FFFFF).add(half).viewAsFloatingLanes().sub(1f);
    FloatVector p = constant(7.0376836292e-2f);
    p = p.fma(m, constant(-1.1514610310e-1f));
    p = p.fma(m, constant(1.1676998740e-1f));
    p = p.fma(m, constant(-1.2420140846e-1f));
    p = p.fma(m, constant(1.4249322787e-1f));
    p = p.fma(m, constant(-1.6668057665e-1f));
    p = p.fma(m, constant(2.0000714765e-1f));
    p = p.fma(m, constant(-2.4999993993e-1f));
    p = p.fma(m, constant(3.3333331174e-1f));
    FloatVector square = m.mul(m);
    FloatVector rest = n.fma(constant(LN2_LOW), square.mul(-0.5f));
    return n.fma(constant(LN2_HIGH), p.mul(m).fma(square, rest).add(m));
  }

  /** ln softplus(x), also where softplus(x) is no normal float any more. */
  static FloatVector logSoftplus(FloatVector x, FloatVector softplus) {
    VectorMask<Float> exponential = x.compare(VectorOperators.LT, EXPONENTIAL);
    return log(softplus.blend(1f, exponential)).blend(x, exponential);
  }
}
