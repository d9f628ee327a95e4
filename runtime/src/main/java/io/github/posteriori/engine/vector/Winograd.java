package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.kernel.SevenPoints;
import io.github.posteriori.engine.vector.kernel.SixPoints;

/**
 * Winograd's minimal filtering: convolutions with fewer products. A patch of n x n inputs holds all
 * that m x m outputs read with filters of r x r taps, n = m + r - 1. To multiply polynomials of m
 * and r coefficients, n points suffice; filtering is the transposed problem. In one direction
 *
 * <pre>
 *   y = A' (G g * B' d),   a_0 .. a_n-2 finite, a_n-1 at infinity
 *   A_pk = a_p^k,   G_pk = a_p^k / N_p,   N_p = product over finite q other than p of (a_p - a_q)
 * </pre>
 *
 * of the last, only the highest power; and in both {@code y = A' (G g G' * B' d B) A}: n^2 products
 * in place of r^2 m^2, summed over the channels before {@code A} is applied (Winograd, Arithmetic
 * Complexity of Computations, 1980; Lavin and Gray 2015, arXiv 1509.09308). Filters of 3 x 3 taps
 * take six points and give 4 x 4 outputs ({@link SixPoints}), those of 5 x 5 seven and 3 x 3
 * ({@link SevenPoints}).
 */
final class Winograd {
  private final int taps;

  /** Inputs of a patch in one direction, and points. */
  private final int points;

  /** G for rows of taps; below, for columns. */
  private final Transform byRow;

  private final Transform byColumn;
  private final int count;

  /**
   * Creates the algorithm for filters of {@code taps} x {@code taps}, 3 or 5.
   *
   * @param count of the numbers that each tap has in {@link #weights}: a multiple of a register's
   */
  Winograd(int taps, int count) {
    this.taps = taps;
    this.points = points(taps);
    this.count = count;
    double[][] g = g(taps);
    this.byRow = Transform.of(g, taps * count);
    this.byColumn = Transform.of(g, count);
  }

  private static double[][] g(int taps) {
    double[] finite = taps == 3 ? SixPoints.FINITE : SevenPoints.FINITE;
    double[][] g = new double[finite.length + 1][taps];
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

  /** Inputs of a patch in one direction, and points, of filters of {@code taps} taps. */
  static int points(int taps) {
    return (taps == 3 ? SixPoints.FINITE.length : SevenPoints.FINITE.length) + 1;
  }

  /** Outputs of a patch in one direction, with filters of {@code taps} taps. */
  static int outputs(int taps) {
    return points(taps) + 1 - taps;
  }

  /** The number of products of all patches of a map, for one pair of channels. */
  static int products(Geometry geometry) {
    int taps = geometry.window().rows();
    return patches(geometry.output().height(), taps)
        * patches(geometry.output().width(), taps)
        * points(taps)
        * points(taps);
  }

  /** Patches in one direction for {@code outputs} outputs. */
  static int patches(int outputs, int taps) {
    return (outputs + outputs(taps) - 1) / outputs(taps);
  }

  int taps() {
    return taps;
  }

  /** Inputs of a patch in one direction, and points. */
  int points() {
    return points;
  }

  /** Outputs of a patch in one direction. */
  int outputs() {
    return points + 1 - taps;
  }

  /** Computes {@code B' d} of {@code count} registers; see {@link SixPoints#points}. */
  void points(float[] d, int from, int step, float[] y, int to, int next, int count) {
    if (taps == 3) {
      SixPoints.points(d, from, step, y, to, next, count);
    } else {
      SevenPoints.points(d, from, step, y, to, next, count);
    }
  }

  /** Computes {@code B' d} of {@code count} channels; see {@link SixPoints#pointsToPanels}. */
  void pointsToPanels(float[] d, int from, int step, float[] y, int to, int next, int count) {
    if (taps == 3) {
      SixPoints.pointsToPanels(d, from, step, y, to, next, count);
    } else {
      SevenPoints.pointsToPanels(d, from, step, y, to, next, count);
    }
  }

  /** Computes {@code A' x} of {@code count} registers; see {@link SixPoints#outputs}. */
  void outputs(float[] x, int from, int step, float[] y, int to, int next, int count) {
    if (taps == 3) {
      SixPoints.outputs(x, from, step, y, to, next, count);
    } else {
      SevenPoints.outputs(x, from, step, y, to, next, count);
    }
  }

  /** Computes {@code A' x} of {@code count} channels; see {@link SixPoints#outputsOfPanels}. */
  void outputsOfPanels(
      float[] x, int from, int step, float[] y, int to, int next, int toNext, int count) {
    if (taps == 3) {
      SixPoints.outputsOfPanels(x, from, step, y, to, next, toNext, count);
    } else {
      SevenPoints.outputsOfPanels(x, from, step, y, to, next, toNext, count);
    }
  }

  /** Computes {@code A x} of {@code count} registers; see {@link SixPoints#values}. */
  void values(float[] x, int from, int step, float[] y, int to, int next, int count) {
    if (taps == 3) {
      SixPoints.values(x, from, step, y, to, next, count);
    } else {
      SevenPoints.values(x, from, step, y, to, next, count);
    }
  }

  /** Computes {@code G' x} of {@code count} registers; see {@link SixPoints#taps}. */
  void taps(float[] x, int from, int step, float[] y, int to, int next, int count) {
    if (taps == 3) {
      SixPoints.taps(x, from, step, y, to, next, count);
    } else {
      SevenPoints.taps(x, from, step, y, to, next, count);
    }
  }

  /** Numbers that each tap has. */
  int count() {
    return count;
  }

  /** Floats of the workspace of {@link #weights}. */
  int workspace() {
    return (taps + points) * taps * count;
  }

  /**
   * Transforms filters side by side: {@code G g G'}.
   *
   * @param h {@code [taps, taps, count]}, and room for the rest of the {@link #workspace}
   * @param to {@code [points, points, count]}
   */
  void weights(float[] h, float[] to, int at) {
    byRow.run(byColumn, h, taps * taps * count, to, at, count);
  }
}
