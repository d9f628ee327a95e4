package io.github.posteriori.moments;

/**
 * Smooth functions of many numbers, off by about 1e-6. As in {@link LargerOfTwo}, loops have no
 * branch and one result, so that compilers make vector loops of them.
 */
final class SmoothLoops {
  /** Beyond it the exponential is below the rounding of the sums in which it stands. */
  private static final float FAR = 18;

  private static final float TINY = 1e-30f;

  private SmoothLoops() {}

  /** A function of {@code count} numbers. */
  @FunctionalInterface
  interface Loop {
    /** Sets y to f(x). */
    void apply(float[] x, float[] y, int count);
  }

  /** exp(-|x|), as the 16th power of a polynomial. */
  static void decay(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      float u = Math.min(Math.abs(x[i]), FAR) * (1f / 16);
      float p = 1.249421716e-3f - 1.140497090e-4f * u;
      p = 4.160188556e-2f + u * (-8.206984129e-3f + u * p);
      p = 4.999974611e-1f + u * (-1.666484282e-1f + u * p);
      p = 1 + u * (-9.999998647e-1f + u * p);
      p *= p;
      p *= p;
      p *= p;
      y[i] = p * p;
    }
  }

  /** {@code ln(1 + exp(x)) = max(x, 0) + 2 artanh(e / (2 + e))} with e = exp(-|x|). */
  static void softplus(float[] x, float[] y, int count) {
    decay(x, y, count);
    for (int i = 0; i < count; i++) {
      float t = y[i] / (2 + y[i]);
      float q = t * t;
      float p = 1f / 7 + q * (1f / 9 + q * (1f / 11));
      y[i] = Math.max(x[i], 0) + 2 * t * (1 + q * (1f / 3 + q * (1f / 5 + q * p)));
    }
  }

  /** tanh(x / 2), which is (1 - e) / (1 + e) with the sign of x. */
  private static void tanhOfHalf(float[] x, float[] y, int count) {
    decay(x, y, count);
    for (int i = 0; i < count; i++) {
      y[i] = x[i] / (Math.abs(x[i]) + TINY) * ((1 - y[i]) / (1 + y[i]));
    }
  }

  /** The hyperbolic tangent, {@code 2 / (1 + exp(-2 x)) - 1}. */
  static void tanh(float[] x, float[] y, int count) {
    float[] twice = new float[count];
    for (int i = 0; i < count; i++) {
      twice[i] = 2 * x[i];
    }
    tanhOfHalf(twice, y, count);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  static void sigmoid(float[] x, float[] y, int count) {
    tanhOfHalf(x, y, count);
    for (int i = 0; i < count; i++) {
      y[i] = 0.5f + 0.5f * y[i];
    }
  }

  /** {@code x / (1 + exp(-x))}. */
  static void silu(float[] x, float[] y, int count) {
    sigmoid(x, y, count);
    for (int i = 0; i < count; i++) {
      y[i] *= x[i];
    }
  }

  /** x Phi(x). */
  static void gelu(float[] x, float[] y, int count) {
    float[] halfSquares = new float[count];
    float[] e = new float[count];
    for (int i = 0; i < count; i++) {
      halfSquares[i] = 0.5f * x[i] * x[i];
    }
    decay(halfSquares, e, count);
    tails(x, e, y, count);
    for (int i = 0; i < count; i++) {
      y[i] = x[i] * (0.5f + x[i] / (Math.abs(x[i]) + TINY) * (0.5f - y[i]));
    }
  }

  /**
   * Sets q to 1 - Phi(|a|), by 7.1.26 of Abramowitz and Stegun 1964, off by less than 1e-7.
   *
   * @param e exp(-a^2 / 2)
   */
  static void tails(float[] a, float[] e, float[] q, int count) {
    for (int i = 0; i < count; i++) {
      float t = 1 / (1 + 0.23164189f * Math.abs(a[i]));
      float p = 0.7107068705f + t * (-0.7265760135f + t * 0.5307027145f);
      q[i] = e[i] * t * (0.127414796f + t * (-0.142248368f + t * p));
    }
  }
}
