package io.github.posteriori.moments;

/**
 * The moments of the larger of two independent Gaussian numbers. With theta^2 = v1 + v2, a = |m1 -
 * m2| / theta, Q = 1 - Phi(a) and phi(a) of the standard normal distribution, and g = phi(a) - a Q,
 *
 * <pre>
 *   E max   = max(m1, m2) + theta g
 *   Var max = (1 - Q) v + Q v' - theta^2 g (a + g)
 * </pre>
 *
 * <p>where v belongs to the number of the larger mean and v' to the other. Source: Clark 1961, "The
 * greatest of a finite set of random variables", equations 3 and 4, written without differences of
 * large numbers.
 *
 * <p>Loops have no branch, one result, and all arrays at one index, so that compilers make vector
 * loops of them: it takes a tenth of the time.
 */
final class LargerOfTwo {
  /** Deviations from which the smaller number counts for nothing: g is below 1e-10. */
  private static final float FAR = 6;

  /** Keeps quotients defined where nothing varies or differs. */
  private static final float TINY = 1e-30f;

  /** Pairs whose numbers stay in the first-level cache. */
  static final int TOGETHER = 1024;

  /** Means of the first numbers. */
  final float[] m1;

  /** Variances of the first numbers. */
  final float[] v1;

  /** Means of the second numbers, and then of the larger. */
  final float[] m2;

  /** Variances of the second numbers, and then of the larger. */
  final float[] v2;

  private final float[] a;
  private final float[] q;
  private final float[] g;

  /** Creates room for so many pairs. */
  LargerOfTwo(int pairs) {
    this.m1 = new float[pairs];
    this.v1 = new float[pairs];
    this.m2 = new float[pairs];
    this.v2 = new float[pairs];
    this.a = new float[pairs];
    this.q = new float[pairs];
    this.g = new float[pairs];
  }

  /** Replaces the moments of the second number of each pair by those of the larger. */
  void fold(int count) {
    distances(m1, v1, m2, v2, a, count);
    halfSquares(a, q, count);
    SmoothLoops.decay(q, g, count); // exp(-a^2 / 2)
    SmoothLoops.tails(a, g, q, count);
    overlaps(a, q, g, count);
    combine(m1, v1, m2, v2, a, q, g, count);
  }

  private static void distances(
      float[] m1, float[] v1, float[] m2, float[] v2, float[] a, int count) {
    for (int i = 0; i < count; i++) {
      float theta = (float) Math.sqrt(v1[i] + v2[i] + TINY);
      a[i] = Math.min(Math.abs(m1[i] - m2[i]) / theta, FAR);
    }
  }

  private static void halfSquares(float[] a, float[] h, int count) {
    for (int i = 0; i < count; i++) {
      h[i] = a[i] * a[i] * 0.5f;
    }
  }

  /** Replaces exp(-a^2 / 2) by g. */
  private static void overlaps(float[] a, float[] q, float[] g, int count) {
    for (int i = 0; i < count; i++) {
      g[i] = Math.max(0.39894228f * g[i] - a[i] * q[i], 0);
    }
  }

  private static void combine(
      float[] m1, float[] v1, float[] m2, float[] v2, float[] a, float[] q, float[] g, int count) {
    for (int i = 0; i < count; i++) { // how often the first is larger
      float d = m1[i] - m2[i];
      q[i] = 0.5f + d / (Math.abs(d) + TINY) * (0.5f - q[i]);
    }
    for (int i = 0; i < count; i++) {
      float theta = (float) Math.sqrt(v1[i] + v2[i]);
      m2[i] = Math.max(m1[i], m2[i]) + theta * g[i];
    }
    for (int i = 0; i < count; i++) {
      float square = v1[i] + v2[i];
      v2[i] = Math.max(v2[i] + (v1[i] - v2[i]) * q[i] - square * g[i] * (a[i] + g[i]), 0);
    }
  }
}
