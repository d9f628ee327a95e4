package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.layers.Posterior;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Computes the sigma of posteriors N(mu, sigma^2), sigma = softplus(rho), or its rho, and their KL
 * divergence from the prior. Arrays are whole registers long; numbers behind {@code count} are
 * overwritten.
 */
public final class PosteriorLoops {

  /** Number below which softplus(x) is exp(x) to the last bit, and its logarithm x. */
  private static final float EXPONENTIAL = -17f;

  /** Number up to which the series of {@link #rho} holds. */
  private static final float SERIES = 1.25f;

  private PosteriorLoops() {}

  /** Computes sigma = softplus(rho), and in {@code slope} its derivative by rho, if wanted. */
  public static void sigma(
      float[] rho, float[] sigma, boolean wantsSlope, float[] slope, int count) {
    ActivationLoops.exponential(rho, 0, -1, slope, 0, count);
    ActivationLoops.softplusOfExponential(rho, 0, slope, sigma, 0, count);
    if (wantsSlope) {
      ActivationLoops.sigmoidOfExponential(rho, 0, slope, 0, count);
    }
  }

  /**
   * Computes each weight's KL divergence but for the constant {@code ln sigma_p - 1/2}: {@code
   * (sigma^2 + (mu - mu_p)^2) / (2 sigma_p^2) - ln sigma}.
   */
  public static void divergence(
      float[] mu,
      float[] rho,
      float[] sigma,
      float priorMu,
      float halfPrecision,
      float[] terms,
      int count) {
    logSigma(rho, sigma, terms, count);
    FloatVector factor = FloatVector.broadcast(FLOATS, halfPrecision);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector s = FloatVector.fromArray(FLOATS, sigma, i);
      FloatVector deviation = FloatVector.fromArray(FLOATS, mu, i).sub(priorMu);
      FloatVector squares = s.fma(s, deviation.mul(deviation));
      squares.mul(factor).sub(FloatVector.fromArray(FLOATS, terms, i)).intoArray(terms, i);
    }
  }

  /**
   * Computes ln sigma: with sigma = 2^n m, m in [sqrt(1/2), sqrt(2)), it is n ln 2 and a polynomial
   * in m - 1. Where sigma = exp(rho) to the last bit it is rho, also where sigma is no normal
   * float.
   */
  public static void logSigma(float[] rho, float[] sigma, float[] logs, int count) {
    int half = Float.floatToRawIntBits(0.70710678f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector r = FloatVector.fromArray(FLOATS, rho, i);
      VectorMask<Float> exponential = r.compare(VectorOperators.LT, EXPONENTIAL);
      IntVector bits =
          FloatVector.fromArray(FLOATS, sigma, i)
              .blend(1f, exponential)
              .viewAsIntegralLanes()
              .sub(half);
      FloatVector n =
          (FloatVector)
              bits.lanewise(VectorOperators.ASHR, 23).convertShape(VectorOperators.I2F, FLOATS, 0);
      FloatVector m = bits.and(0x7FFFFF).add(half).viewAsFloatingLanes().sub(1f);
      FloatVector p = FloatVector.broadcast(FLOATS, 7.0376836292e-2f);
      p = p.fma(m, FloatVector.broadcast(FLOATS, -1.1514610310e-1f));
      p = p.fma(m, FloatVector.broadcast(FLOATS, 1.1676998740e-1f));
      p = p.fma(m, FloatVector.broadcast(FLOATS, -1.2420140846e-1f));
      p = p.fma(m, FloatVector.broadcast(FLOATS, 1.4249322787e-1f));
      p = p.fma(m, FloatVector.broadcast(FLOATS, -1.6668057665e-1f));
      p = p.fma(m, FloatVector.broadcast(FLOATS, 2.0000714765e-1f));
      p = p.fma(m, FloatVector.broadcast(FLOATS, -2.4999993993e-1f));
      p = p.fma(m, FloatVector.broadcast(FLOATS, 3.3333331174e-1f));
      FloatVector square = m.mul(m);
      FloatVector rest = n.fma(FloatVector.broadcast(FLOATS, Ln2.LOW), square.mul(-0.5f));
      FloatVector log =
          n.fma(FloatVector.broadcast(FLOATS, Ln2.HIGH), p.mul(m).fma(square, rest).add(m));
      log.blend(r, exponential).intoArray(logs, i);
    }
  }

  /**
   * Computes rho, with softplus(rho) = sigma, as {@code ln sigma + ln((e^sigma - 1) / sigma)}. The
   * second logarithm is that of {@code e^(sigma / 2) sinh(sigma / 2) / (sigma / 2)}, of which the
   * series in sigma^2 is used as far as it is exact to the last bit.
   *
   * @param sigma normal floats above 0
   */
  public static void rho(float[] sigma, float[] rho, int count) {
    logSigma(sigma, sigma, rho, count);
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector p4 = FloatVector.broadcast(FLOATS, -1f / 9_676_800);
    FloatVector p3 = FloatVector.broadcast(FLOATS, 1f / 181_440);
    FloatVector p2 = FloatVector.broadcast(FLOATS, -1f / 2_880);
    FloatVector p1 = FloatVector.broadcast(FLOATS, 1f / 24);
    FloatVector largest = FloatVector.zero(FLOATS);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector s = FloatVector.fromArray(FLOATS, sigma, i);
      FloatVector square = s.mul(s);
      FloatVector p = p4.fma(square, p3).fma(square, p2).fma(square, p1).fma(s, half);
      p.fma(s, FloatVector.fromArray(FLOATS, rho, i)).intoArray(rho, i);
      largest = largest.max(s);
    }
    if (largest.reduceLanes(VectorOperators.MAX) > SERIES) {
      for (int i = 0; i < count; i++) {
        rho[i] = sigma[i] > SERIES ? (float) Posterior.rho(sigma[i]) : rho[i];
      }
    }
  }

  /**
   * Sums {@code count} terms: four a register apart in floats, then these in double precision. The
   * order depends on the register's length alone. Overwrites the terms.
   */
  public static double sum(float[] terms, int start, int count) {
    int folded = count / (4 * LENGTH) * LENGTH;
    fold(terms, start, folded);
    double sum = 0;
    double others = 0;
    for (int i = start; i < start + folded; i += 2) {
      sum += terms[i];
      others += terms[i + 1];
    }
    for (int i = start + 4 * folded; i < start + count; i++) {
      sum += terms[i];
    }
    return sum + others;
  }

  /** Adds up every four registers, to the first of the terms. */
  private static void fold(float[] terms, int start, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      int from = start + 4 * i;
      FloatVector a = FloatVector.fromArray(FLOATS, terms, from);
      FloatVector b = FloatVector.fromArray(FLOATS, terms, from + LENGTH);
      FloatVector c = FloatVector.fromArray(FLOATS, terms, from + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(FLOATS, terms, from + 3 * LENGTH);
      a.add(b).add(c.add(d)).intoArray(terms, start + i);
    }
  }
}
