package io.github.posteriori.engine.vector.kernel;

/**
 * GEMM micro-kernel: multiplies a register tile of four registers of columns ({@link WideGemm}) or
 * one ({@link NarrowGemm}).
 */
public final class GemmKernel {
  private GemmKernel() {}

  /**
   * Multiplies {@link Lanes#FULL} columns or {@link Lanes#LENGTH}, which need no {@code sn}, and
   * adds up the first {@code terms} terms. The arguments are those of {@link WideGemm}.
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
