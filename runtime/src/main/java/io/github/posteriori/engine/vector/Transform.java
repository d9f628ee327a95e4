package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Tiles.Tile;
import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;
import java.util.List;

/**
 * Computes linear combinations of runs of numbers: {@code y_r = sum over t of m_rt x_t}, for many
 * numbers side by side.
 */
final class Transform {
  private final List<Tile> rows;
  private final int terms;

  /** {@code [rows, terms]}. */
  private final float[] m;

  private final int[] order;
  private final int[] places;
  private final int count;

  private Transform(int rows, int terms, int count) {
    this.rows = Tiles.of(1, rows);
    this.terms = terms;
    this.m = new float[rows * terms];
    this.order = new int[terms];
    this.places = new int[terms];
    this.count = count;
    for (int t = 0; t < terms; t++) {
      order[t] = t;
      places[t] = t * count;
    }
  }

  /**
   * Creates the combinations of a matrix.
   *
   * @param m {@code [rows, terms]}
   * @param count of the numbers of a run: a multiple of a register's
   */
  static Transform of(double[][] m, int count) {
    Transform transform = new Transform(m.length, m[0].length, count);
    for (int r = 0; r < m.length; r++) {
      for (int t = 0; t < transform.terms; t++) {
        transform.m[r * transform.terms + t] = (float) m[r][t];
      }
    }
    return transform;
  }

  /** Creates the combinations of a transposed matrix. */
  static Transform ofTransposed(double[][] m, int count) {
    double[][] transposed = new double[m[0].length][m.length];
    for (int r = 0; r < transposed.length; r++) {
      for (int t = 0; t < m.length; t++) {
        transposed[r][t] = m[t][r];
      }
    }
    return of(transposed, count);
  }

  /**
   * Combines the runs of x, one right behind the other from {@code from} on.
   *
   * @param y gets its runs {@code step} apart, from {@code at} on
   */
  void run(float[] x, int from, float[] y, int at, int step) {
    for (int i = 0; i < count; ) {
      int together = count - i >= Lanes.FULL ? Lanes.FULL : Lanes.LENGTH;
      for (int tile = 0; tile < rows.size(); tile++) {
        Tile some = rows.get(tile);
        GemmKernel.run(
            together,
            some.rows(),
            Lanes.ZEROS,
            0,
            0,
            0,
            m,
            some.first() * terms,
            terms,
            order,
            x,
            from + i,
            places,
            terms,
            y,
            at + some.first() * step + i,
            step);
      }
      i += together;
    }
  }

  /**
   * Combines the rows of a matrix of runs, then by {@code columns} those in each row: {@code M h
   * N'}.
   *
   * @param h the matrix, and room for as many rows as there are combinations from {@code half} on
   * @param y gets {@code [rows, columns]} runs, each {@code step} on
   */
  void run(Transform columns, float[] h, int half, float[] y, int at, int step) {
    run(h, 0, h, half, count);
    int made = m.length / terms;
    int next = columns.m.length / columns.terms * step;
    for (int row = 0; row < made; row++) {
      columns.run(h, half + row * count, y, at + row * next, step);
    }
  }
}
