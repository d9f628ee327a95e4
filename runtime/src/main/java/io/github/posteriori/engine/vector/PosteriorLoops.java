package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops over the weights of a posterior N(mu, sigma^2) with sigma = softplus(rho), and its KL
 * divergence from the prior. Arrays are whole registers long; what lies behind {@code count} is
 * overwritten.
 */
final class PosteriorLoops {
  private PosteriorLoops() {}

  private static FloatVector at(float[] a, int i) {
    return FloatVector.fromArray(FLOATS, a, i);
  }

  /** sigma = softplus(rho), and its derivative by rho. */
  static void sigma(float[] rho, float[] sigma, float[] slope, int count) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector r = at(rho, i);
      FloatVector e = Functions.expOfNegative(r.abs().neg());
      Functions.log1p(e).add(r.max(0f)).intoArray(sigma, i);
      VectorMask<Float> negative = r.compare(VectorOperators.LT, 0f);
      one.blend(e, negative).div(e.add(1f)).intoArray(slope, i);
    }
  }

  /**
   * Each weight's KL divergence but for the constant {@code ln sigma_p - 1/2}: {@code (sigma^2 +
   * (mu - mu_p)^2) / (2 sigma_p^2) - ln sigma}.
   */
  static void divergence(
      float[] mu,
      float[] rho,
      float[] sigma,
      float priorMu,
      float halfPrecision,
      float[] terms,
      int count) {
    FloatVector factor = FloatVector.broadcast(FLOATS, halfPrecision);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector s = at(sigma, i);
      FloatVector deviation = at(mu, i).sub(priorMu);
      FloatVector squares = s.fma(s, deviation.mul(deviation));
      squares.mul(factor).sub(Functions.logSoftplus(at(rho, i), s)).intoArray(terms, i);
    }
  }

  /** The sum of {@code count} terms in double precision, always in the same order. */
  static double sum(float[] terms, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += terms[i];
      b += terms[i + 1];
      c += terms[i + 2];
      d += terms[i + 3];
    }
    for (; i < count; i++) {
      a += terms[i];
    }
    return a + b + (c + d);
  }
}
