package io.github.posteriori.noise;

/**
 * Computes two standard normal numbers from two random words, by the transform of Box and Muller
 * (1958): {@code sqrt(-2 ln u) cos(2 pi v)} and {@code sqrt(-2 ln u) sin(2 pi v)}.
 *
 * <p>All operations are exactly rounded (add, multiply, fma, square root), so that a kernel working
 * on many lanes at a time gets the same bits. The polynomials are minimax fits, accurate to 1e-8.
 */
final class Normal {
  static final float SQRT_HALF = 0.70710678f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  private Normal() {}

  /** Returns {@code sqrt(-2 ln u)} with u in (0, 1] from the upper 24 bits of {@code word}. */
  static float radius(int word) {
    float u = ((word >>> 8) + 1) * 0x1p-24f;
    return (float) Math.sqrt(-2f * log(u));
  }

  /**
   * Returns ln u for a positive normal number: u = 2^e m with m in [sqrt(1/2), sqrt(2)), and a
   * polynomial in m - 1.
   */
  static float log(float u) {
    int bits = Float.floatToRawIntBits(u) - Float.floatToRawIntBits(SQRT_HALF);
    float exponent = bits >> 23;
    float x = Float.intBitsToFloat((bits & 0x7FFFFF) + Float.floatToRawIntBits(SQRT_HALF)) - 1f;
    float p = 0.073324628f;
    p = Math.fma(p, x, -0.116598874f);
    p = Math.fma(p, x, 0.116346672f);
    p = Math.fma(p, x, -0.123967066f);
    p = Math.fma(p, x, 0.142511562f);
    p = Math.fma(p, x, -0.166691512f);
    p = Math.fma(p, x, 0.200006887f);
    p = Math.fma(p, x, -0.249999806f);
    p = Math.fma(p, x, 0.333333313f);
    float square = x * x;
    float fraction = Math.fma(p * x, square, Math.fma(exponent, LN2_LOW, -0.5f * square)) + x;
    return Math.fma(exponent, LN2_HIGH, fraction);
  }

  /**
   * Returns the angle of {@code word}, in units of 2^-32 turns, as a signed number of quarter turns
   * in [-2, 2).
   */
  static float quarterTurns(int word) {
    return word * 0x1p-30f;
  }

  /** Returns the whole number nearest to {@code turns}. */
  static int quadrant(float turns) {
    return (int) (turns + 2.5f) - 2;
  }

  /** Returns sin(r pi / 2) for r in [-1/2, 1/2]. */
  static float sine(float r) {
    float square = r * r;
    float p = -0.00460217427f;
    p = Math.fma(p, square, 0.0796802267f);
    p = Math.fma(p, square, -0.64596349f);
    p = Math.fma(p, square, 1.57079637f);
    return p * r;
  }

  /** Returns cos(r pi / 2) for r in [-1/2, 1/2]. */
  static float cosine(float r) {
    float square = r * r;
    float p = 0.000903631269f;
    p = Math.fma(p, square, -0.0208600704f);
    p = Math.fma(p, square, 0.253669202f);
    p = Math.fma(p, square, -1.23370051f);
    return Math.fma(p, square, 1f);
  }

  /**
   * Returns sin((quadrant + r) pi / 2) from the sine and cosine of r pi / 2: odd quadrants swap the
   * two, the third and fourth change the sign. It works on bits, because a branch on random numbers
   * is mispredicted every other time.
   */
  static float turn(int quadrant, float sine, float cosine) {
    int s = Float.floatToRawIntBits(sine);
    int c = Float.floatToRawIntBits(cosine);
    int swap = -(quadrant & 1);
    return Float.intBitsToFloat((s ^ (s ^ c) & swap) ^ (quadrant & 2) << 30);
  }
}
