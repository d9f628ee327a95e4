package io.github.posteriori.moments;

/**
 * Gauss-Hermite quadrature: {@code E f(z)}, z standard normal, as {@code sum w_i f(z_i)}, exact for
 * polynomials of a degree below 2n. The z_i are the roots of the Hermite polynomial of degree n,
 * and w_i = 1 / (n h(z_i)^2) with h the normalised one of degree n - 1. Source: Abramowitz and
 * Stegun 1964, 25.4.46.
 *
 * @param nodes z
 * @param weights w, which sum to 1
 */
public record GaussHermite(double[] nodes, double[] weights) {
  private static final double STEP = 1.0 / 64;

  /** The rule for activations of variances up to {@link #MOST_OF_FEW}. */
  public static final GaussHermite FEW = of(8);

  /** The rule for activations of larger variances. */
  public static final GaussHermite MANY = of(32);

  /** The largest variance of an input for which {@link #FEW} is close enough. */
  public static final float MOST_OF_FEW = 1;

  /** Creates the rule of {@code n} nodes, at least 2. */
  static GaussHermite of(int n) {
    double[] nodes = new double[n];
    double[] weights = new double[n];
    int found = 0;
    double end = 2 * Math.sqrt(n); // beyond all roots
    for (double from = -end - STEP / 2; from < end; from += STEP) {
      if (hermite(n, from) * hermite(n, from + STEP) < 0) {
        double z = root(n, from, from + STEP);
        double h = hermite(n - 1, z);
        nodes[found] = z;
        weights[found++] = 1 / (n * h * h);
      }
    }
    return new GaussHermite(nodes, weights);
  }

  private static double root(int n, double from, double to) {
    double sign = Math.signum(hermite(n, from));
    for (int i = 0; i < 60; i++) {
      double middle = (from + to) / 2;
      if (hermite(n, middle) * sign > 0) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return (from + to) / 2;
  }

  /** Returns the Hermite polynomial of degree {@code n}, divided by sqrt(n!). */
  private static double hermite(int n, double z) {
    double before = 0;
    double h = 1;
    for (int k = 0; k < n; k++) {
      double next = (z * h - Math.sqrt(k) * before) / Math.sqrt(k + 1);
      before = h;
      h = next;
    }
    return h;
  }
}
