package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import java.util.List;

/**
 * Convolutions with fewer products, by Winograd's minimal filtering. A patch of 7 x 7 inputs holds
 * all that m x m outputs read with filters of r x r taps, m = 8 - r. To multiply polynomials of m
 * and r coefficients, seven points suffice; filtering is the transposed problem. In one direction
 *
 * <pre>
 *   y = A' (G g * B' d),   a_0 .. a_5 = 0, 1, -1, 2, -2, -1/2,   a_6 at infinity
 *   A_pk = a_p^k,   G_pk = a_p^k / N_p,   N_p = product over finite q other than p of (a_p - a_q)
 * </pre>
 *
 * of the last, only the highest power; and in both {@code y = A' (G g G' * B' d B) A}: 49 products
 * in place of r^2 m^2, summed over the channels before {@code A} is applied (Winograd, Arithmetic
 * Complexity of Computations, 1980; Lavin and Gray 2015, arXiv 1509.09308). {@link WinogradLoops}
 * has {@code B'} and {@code A'}. Of the points tried these round least: in sums of 800 terms
 * outputs are off by some four times as much as the direct way's, and by no more than those where
 * no term is negative.
 */
final class Winograd {
  /** Inputs of a patch in one direction, and points. */
  static final int POINTS = 7;

  /** Products of a patch. */
  static final int PRODUCTS = POINTS * POINTS;

  private static final double[] FINITE = {0, 1, -1, 2, -2, -0.5};

  /**
   * Input channels of a group from which it pays for the outputs' transform: with 6 it does not.
   */
  private static final int LEAST_INPUTS = 16;

  /** Output channels of a group from which it pays for the inputs' transform. */
  private static final int LEAST_OUTPUTS = 4;

  /** Floats of a block's outputs, which are all held at a time: 16 MB. */
  private static final int MOST = 1 << 22;

  private static final List<Tile> POINT_TILES = Tiles.of(1, POINTS);

  private final int taps;

  /** G: {@code [POINTS, taps]}. */
  private final float[] g;

  /** The taps, as G has them. */
  private final int[] order;

  /** Where rows and columns of taps lie in {@link #weights}. */
  private final int[] rows;

  private final int[] columns;
  private final int count;

  /**
   * The algorithm for filters of {@code taps} x {@code taps}.
   *
   * @param count of the numbers that each tap has in {@link #weights}: a multiple of a register's
   */
  Winograd(int taps, int count) {
    this.taps = taps;
    this.count = count;
    this.g = new float[POINTS * taps];
    for (int p = 0; p < FINITE.length; p++) {
      double norm = 1;
      for (int q = 0; q < FINITE.length; q++) {
        norm *= q == p ? 1 : FINITE[p] - FINITE[q];
      }
      for (int k = 0; k < taps; k++) {
        g[p * taps + k] = (float) (Math.pow(FINITE[p], k) / norm);
      }
    }
    g[POINTS * taps - 1] = 1;
    this.order = new int[taps];
    this.rows = new int[taps];
    this.columns = new int[taps];
    for (int k = 0; k < taps; k++) {
      order[k] = k;
      rows[k] = k * taps * count;
      columns[k] = k * count;
    }
  }

  /** Outputs that a patch gives in one direction, with filters of so many taps. */
  static int outputs(int taps) {
    return POINTS + 1 - taps;
  }

  /** Whether it saves a map three products of five. */
  static boolean pays(Geometry geometry) {
    int taps = geometry.window().rows();
    if ((taps != 3 && taps != 5)
        || geometry.window().columns() != taps
        || !geometry.isDense()
        || geometry.inputsOfGroup() < LEAST_INPUTS
        || geometry.outputsOfGroup() < LEAST_OUTPUTS
        || geometry.output().size() > MOST / Lanes.FULL) {
      return false;
    }
    int patches =
        patches(geometry.output().height(), taps) * patches(geometry.output().width(), taps);
    return 5 * patches * PRODUCTS <= 2 * geometry.pairs();
  }

  /** Patches in one direction that give so many outputs. */
  static int patches(int outputs, int taps) {
    return (outputs + outputs(taps) - 1) / outputs(taps);
  }

  /** Numbers that {@link #weights} works on. */
  int workspace() {
    return (taps + POINTS) * taps * count;
  }

  /**
   * {@code G g G'} of filters side by side.
   *
   * @param h {@code [taps, taps, count]}, and room for the rest of the {@link #workspace}
   * @param to {@code [PRODUCTS]} of {@code count} numbers, the next {@code step} on
   */
  void weights(float[] h, float[] to, int at, int step) {
    int half = taps * taps * count;
    transform(h, 0, rows, taps * count, h, half, taps * count);
    for (int row = 0; row < POINTS; row++) {
      transform(h, half + row * taps * count, columns, count, to, at + row * POINTS * step, step);
    }
  }

  /** {@code y_p = sum over k of G_pk x_k}, for so many numbers side by side. */
  private void transform(
      float[] x, int from, int[] places, int numbers, float[] y, int at, int step) {
    for (int i = 0; i < numbers; ) {
      int together = numbers - i >= Lanes.FULL ? Lanes.FULL : Lanes.LENGTH;
      for (int t = 0; t < POINT_TILES.size(); t++) {
        Tile tile = POINT_TILES.get(t);
        Products.run(
            together,
            tile.rows(),
            Lanes.ZEROS,
            0,
            0,
            0,
            g,
            tile.first() * taps,
            taps,
            order,
            x,
            from + i,
            places,
            taps,
            y,
            at + tile.first() * step + i,
            step);
      }
      i += together;
    }
  }
}
