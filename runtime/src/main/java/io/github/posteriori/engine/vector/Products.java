package io.github.posteriori.engine.vector;

/** Tiles of matrix products, of four registers of columns or one; see {@link WideProducts}. */
final class Products {
  private Products() {}

  /** {@code width} columns: {@link Lanes#FULL} or {@link Lanes#LENGTH}. */
  static void run(
      int width,
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
      float[] y,
      int p,
      int ps) {
    if (width == Lanes.FULL) {
      WideProducts.run(rows, start, s, ss, sn, w, v, vs, wo, x, q, xo, 0, xo.length, y, p, ps);
    } else {
      NarrowProducts.run(rows, start, s, ss, w, v, vs, wo, x, q, xo, 0, xo.length, y, p, ps);
    }
  }
}
