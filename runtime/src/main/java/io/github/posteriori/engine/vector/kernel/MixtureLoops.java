package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.layers.MixturePrior;
import jdk.incubator.vector.FloatVector;

/**
 * Computes what a mixture of two Gaussians as prior makes of drawn weights w = mu + sigma eps. With
 * x = (w - mu_p)^2, the logarithms of its terms are
 *
 * <pre>
 *   a = ln(pi / s1) - x / (2 s1^2)      b = ln((1 - pi) / s2) - x / (2 s2^2)
 * </pre>
 *
 * <p>Arrays are whole registers long; numbers behind {@code count} are overwritten.
 */
public record MixtureLoops(
    float mu, float logFirst, float logSecond, float halfPrecision1, float halfPrecision2) {

  /** Returns the loops of a prior. */
  public static MixtureLoops of(MixturePrior prior) {
    return new MixtureLoops(
        (float) prior.mu(),
        (float) prior.logFirst(),
        (float) prior.logSecond(),
        (float) prior.halfPrecision1(),
        (float) prior.halfPrecision2());
  }

  /**
   * Computes each weight's {@code log q(w) - log p(w) = -ln sigma - eps^2 / 2 - max(a, b) -
   * softplus(-|a - b|)}.
   *
   * @param eps of the weights; overwritten
   * @param terms ln sigma, then the results
   * @param apart a workspace, for a - b
   * @param exponential a workspace
   */
  public void divergence(
      float[] mu,
      float[] sigma,
      float[] eps,
      float[] terms,
      float[] apart,
      float[] exponential,
      int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector e = FloatVector.fromArray(FLOATS, eps, i);
      FloatVector w =
          FloatVector.fromArray(FLOATS, sigma, i).fma(e, FloatVector.fromArray(FLOATS, mu, i));
      FloatVector deviation = w.sub(this.mu);
      FloatVector x = deviation.mul(deviation);
      FloatVector a = x.mul(-halfPrecision1).add(logFirst);
      FloatVector b = x.mul(-halfPrecision2).add(logSecond);
      a.sub(b).abs().neg().intoArray(apart, i);
      FloatVector terms2 = e.mul(e).mul(-0.5f).sub(FloatVector.fromArray(FLOATS, terms, i));
      terms2.sub(a.max(b)).intoArray(terms, i);
    }
    ActivationLoops.exponential(apart, 0, -1, exponential, 0, count);
    ActivationLoops.softplusOfExponential(apart, 0, exponential, eps, 0, count);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(FLOATS, terms, i)
          .sub(FloatVector.fromArray(FLOATS, eps, i))
          .intoArray(terms, i);
    }
  }

  /**
   * Computes {@code g = -d ln p(w) / dw = (w - mu_p) (r / s1^2 + (1 - r) / s2^2)}, with r =
   * sigmoid(a - b) the share of the first term.
   *
   * @param eps of the weights, that of the first at {@code from}
   * @param exponential a workspace
   */
  public void slope(
      float[] mu, float[] sigma, float[] eps, int from, float[] g, float[] exponential, int count) {
    float steeper = halfPrecision2 - halfPrecision1;
    float ahead = logFirst - logSecond;
    for (int i = 0; i < count; i++) {
      float deviation = Math.fma(sigma[i], eps[from + i], mu[i]) - this.mu;
      g[i] = Math.fma(deviation * deviation, steeper, ahead);
    }
    ActivationLoops.exponential(g, 0, -1, exponential, 0, count);
    for (int i = 0; i < count; i++) {
      float deviation = Math.fma(sigma[i], eps[from + i], mu[i]) - this.mu;
      float larger = 1 / (1 + exponential[i]);
      float smaller = exponential[i] * larger;
      float first = g[i] >= 0 ? larger : smaller;
      float second = g[i] >= 0 ? smaller : larger;
      g[i] = 2 * deviation * Math.fma(first, halfPrecision1, second * halfPrecision2);
    }
  }
}
