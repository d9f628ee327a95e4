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
 * <p>Q is 7.1.26 of Abramowitz and Stegun 1964, off by less than 1e-7; the exponential is the 16th
 * power of a polynomial. Loops have no branch, one result, and all arrays at one index, so that
 * compilers make vector loops of them: it takes a tenth of the time.
 */
final class LargerOfTwo {
  /** Deviations from which the smaller number counts for nothing: g is below 1e-10. */
  private static final float FAR = 6;

  /** Keeps quotients defined where nothing varies or differs. */
  private static final float TINY = 1e-30f;

  /** Pairs whose numbers stay in the first-level cache. */
  private static final int TOGETHER = 1024;

  private final float[] m1 = new float[TOGETHER];
  private final float[] v1 = new float[TOGETHER];
  private final float[] m2 = new float[TOGETHER];
  private final float[] v2 = new float[TOGETHER];
  private final float[] a = new float[TOGETHER];
  private final float[] q = new float[TOGETHER];
  private final float[] g = new float[TOGETHER];

  /**
   * Replaces the moments of each second number by those of the larger.
   *
   * @param firstMeans means of the first numbers, and their variances
   * @param secondMeans means of the second numbers, and their variances
   */
  void fold(
      float[] firstMeans, float[] firstVariances, float[] secondMeans, float[] secondVariances) {
    for (int from = 0; from < firstMeans.length; from += TOGETHER) {
      int count = Math.min(TOGETHER, firstMeans.length - from);
      System.arraycopy(firstMeans, from, m1, 0, count);
      System.arraycopy(firstVariances, from, v1, 0, count);
      System.arraycopy(secondMeans, from, m2, 0, count);
      System.arraycopy(secondVariances, from, v2, 0, count);
      distances(m1, v1, m2, v2, a, count);
      exponentials(a, g, count);
      tails(a, g, q, count);
      overlaps(a, q, g, count);
      combine(m1, v1, m2, v2, a, q, g, count);
      System.arraycopy(m2, 0, secondMeans, from, count);
      System.arraycopy(v2, 0, secondVariances, from, count);
    }
  }

  private static void distances(
      float[] m1, float[] v1, float[] m2, float[] v2, float[] a, int count) {
    for (int i = 0; i < count; i++) {
      float theta = (float) Math.sqrt(v1[i] + v2[i] + TINY);
      a[i] = Math.min(Math.abs(m1[i] - m2[i]) / theta, FAR);
    }
  }

  /** exp(-a^2 / 2). */
  private static void exponentials(float[] a, float[] e, int count) {
    for (int i = 0; i < count; i++) {
      float y = a[i] * a[i] * (0.5f / 16);
      float p = 1.249421716e-3f - 1.140497090e-4f * y;
      p = 4.160188556e-2f + y * (-8.206984129e-3f + y * p);
      p = 4.999974611e-1f + y * (-1.666484282e-1f + y * p);
      p = 1 + y * (-9.999998647e-1f + y * p);
      p *= p;
      p *= p;
      p *= p;
      e[i] = p * p;
    }
  }

  private static void tails(float[] a, float[] e, float[] q, int count) {
    for (int i = 0; i < count; i++) {
      float t = 1 / (1 + 0.23164189f * a[i]);
      float p = 0.7107068705f + t * (-0.7265760135f + t * 0.5307027145f);
      q[i] = e[i] * t * (0.127414796f + t * (-0.142248368f + t * p));
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
