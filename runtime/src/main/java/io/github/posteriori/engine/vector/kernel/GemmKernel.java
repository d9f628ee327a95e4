package io.github.posteriori.engine.vector.kernel;

/** Tiles of matrix products, of four registers of columns or one; see {@link WideGemm}. */
public final class GemmKernel {
  private GemmKernel() {}

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
      WideGemm.run(rows, start, s, ss, sn, w, v, vs, wo, x, q, xo, 0, terms, y, p, ps);
    } else {
      NarrowGemm.run(rows, start, s, ss, w, v, vs, wo, x, q, xo, 0, terms, y, p, ps);
    }
  }
}
