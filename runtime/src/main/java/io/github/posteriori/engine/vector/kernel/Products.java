package io.github.posteriori.engine.vector.kernel;

/** Tiles of matrix products, of four registers of columns or one; see {@link WideProducts}. */
public final class Products {
  private Products() {}

  /**
   * {@link Lanes#FULL} columns or {@link Lanes#LENGTH}; fewer need no {@code sn}. Takes the first
   * {@code terms}.
   */
  public static void run(
      int columns,
      int rows,
      float[] start,
      int s,
      int ss,
      int sn,
      float[] w,
      int v,
      int vs,
      int[] wo,
      float[] x,
      int q,
      int[] xo,
      int terms,
      float[] y,
      int p,
      int ps) {
    if (columns == Lanes.FULL) {
      WideProducts.run(rows, start, s, ss, sn, w, v, vs, wo, x, q, xo, 0, terms, y, p, ps);
    } else {
      NarrowProducts.run(rows, start, s, ss, w, v, vs, wo, x, q, xo, 0, terms, y, p, ps);
    }
  }
}
