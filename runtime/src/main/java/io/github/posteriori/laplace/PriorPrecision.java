package io.github.posteriori.laplace;

/**
 * The precision delta of a prior N(0, 1 / delta) that makes the data most probable: the maximum of
 * log p(D) = const + 1/2 (sum of log(delta / (lambda_e + delta)) - delta |w|^2) over the
 * eigenvalues lambda_e of the curvature.
 *
 * <p>There sum of lambda_e / (lambda_e + delta) = delta |w|^2. The left side falls with delta and
 * the right side rises, so that the maximum is the only one. Source: MacKay 1992, "Bayesian
 * interpolation".
 */
final class PriorPrecision {
  private static final double LEAST_LOG = Math.log(1e-12);
  private static final double MOST_LOG = Math.log(1e12);
  private static final int BISECTIONS = 60;

  private PriorPrecision() {}

  /**
   * Returns delta, from 1e-12 to 1e12.
   *
   * @param eigenvalues of the curvature, at least 0
   * @param squaredNorm |w|^2, of the trained weights
   */
  static double ofMostEvidence(double[] eigenvalues, double squaredNorm) {
    double low = LEAST_LOG;
    double high = MOST_LOG;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (rises(eigenvalues, squaredNorm, Math.exp(middle))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp((low + high) / 2);
  }

  private static boolean rises(double[] eigenvalues, double squaredNorm, double delta) {
    double determined = 0;
    for (double eigenvalue : eigenvalues) {
      determined += eigenvalue / (eigenvalue + delta);
    }
    return determined > delta * squaredNorm;
  }
}
