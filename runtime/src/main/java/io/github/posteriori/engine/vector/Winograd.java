package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.SevenPoints;

/**
 * Winograd's minimal filtering: convolutions with fewer products. A patch of 7 x 7 inputs holds all
 * that m x m outputs read with filters of r x r taps, m = 8 - r. To multiply polynomials of m and r
 * coefficients, seven points suffice; filtering is the transposed problem. In one direction
 *
 * <pre>
 *   y = A' (G g * B' d),   a_0 .. a_5 = 0, 1, -1, 2, -2, -1/2,   a_6 at infinity
 *   A_pk = a_p^k,   G_pk = a_p^k / N_p,   N_p = product over finite q other than p of (a_p - a_q)
 * </pre>
 *
 * of the last, only the highest power; and in both {@code y = A' (G g G' * B' d B) A}: 49 products
 * in place of r^2 m^2, summed over the channels before {@code A} is applied (Winograd, Arithmetic
 * Complexity of Computations, 1980; Lavin and Gray 2015, arXiv 1509.09308). {@link SevenPoints} has
 * {@code B'} and {@code A'}.
 */
final class Winograd {
  /** Inputs of a patch in one direction, and points. */
  static final int POINTS = 7;

  /** Products of a patch. */
  static final int PRODUCTS = POINTS * POINTS;

  private final int taps;

  /** G for rows of taps; below, for columns. */
  private final Transform byRow;

  private final Transform byColumn;
  private final int count;

  /**
   * Creates the algorithm for filters of {@code taps} x {@code taps}.
   *
   * @param count of the numbers that each tap has in {@link #weights}: a multiple of a register's
   */
  Winograd(int taps, int count) {
    this.taps = taps;
    this.count = count;
    double[][] g = g(taps);
    this.byRow = Transform.of(g, taps * count);
    this.byColumn = Transform.of(g, count);
  }

  private static double[][] g(int taps) {
    double[] finite = SevenPoints.FINITE;
    double[][] g = new double[POINTS][taps];
    for (int p = 0; p < finite.length; p++) {
      double norm = 1;
      for (int q = 0; q < finite.length; q++) {
        norm *= q == p ? 1 : finite[p] - finite[q];
      }
      for (int k = 0; k < taps; k++) {
        g[p][k] = Math.pow(finite[p], k) / norm;
      }
    }
    g[finite.length][taps - 1] = 1;
    return g;
  }

  /** Outputs of a patch in one direction, with filters of {@code taps} taps. */
  static int outputs(int taps) {
    return POINTS + 1 - taps;
  }

  /** The number of products of all patches of a map, for one pair of channels. */
  static int products(Geometry geometry) {
    int taps = geometry.window().rows();
    return patches(geometry.output().height(), taps)
        * patches(geometry.output().width(), taps)
        * PRODUCTS;
  }

  /** Patches in one direction for {@code outputs} outputs. */
  static int patches(int outputs, int taps) {
    return (outputs + outputs(taps) - 1) / outputs(taps);
  }

  /** Floats of the workspace of {@link #weights}. */
  int workspace() {
    return (taps + POINTS) * taps * count;
  }

  /**
   * Transforms filters side by side: {@code G g G'}.
   *
   * @param h {@code [taps, taps, count]}, and room for the rest of the {@link #workspace}
   * @param to {@code [PRODUCTS]} of {@code count} numbers, the next {@code step} on
   */
  void weights(float[] h, float[] to, int at, int step) {
    byRow.run(byColumn, h, taps * taps * count, to, at, step);
  }
}
