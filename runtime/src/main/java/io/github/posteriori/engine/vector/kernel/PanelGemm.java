package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * GEMM micro-kernel on packed panels: a register tile of up to 8 rows and 2 registers of columns,
 *
 * <pre>
 *   y[p + m ps + n LENGTH] = start[s + m ss + n LENGTH] + sum over t in [0, terms) of
 *       w[v + t rows + m] x[q + t PANEL + n LENGTH]
 * </pre>
 *
 * where w is broadcast to all lanes. Both factors lie in the order in which they are read, so that
 * the JVM's compiler checks ranges once for the whole loop: twice as fast as reading offsets from
 * tables ({@link GemmKernel}), where factors are used often enough to be packed.
 */
public final class PanelGemm {
  /** Floats of a panel's columns. */
  public static final int PANEL = 2 * LENGTH;

  /** The most rows of a tile: 8 x 2 sums and 3 factors, or 4 x 2 and 3 in 16 registers. */
  public static final int ROWS = FLOATS.vectorBitSize() >= 512 ? 8 : 4;

  /** A start at zero, for {@code ss = 0}. */
  public static final float[] ZEROS = new float[PANEL];

  private PanelGemm() {}

  /** Returns the largest tile height that is at most {@code rows}. */
  public static int tile(int rows) {
    int most = Math.min(rows, ROWS);
    return most >= 8 ? 8 : most >= 4 ? 4 : most >= 2 ? 2 : 1;
  }

  /** Multiplies a tile of 8, 4, 2 or 1 rows. */
  public static void run(
      int rows,
      float[] start,
      int s,
      int ss,
      float[] w,
      int v,
      float[] x,
      int q,
      int terms,
      float[] y,
      int p,
      int ps) {
    switch (rows) {
      case 8 -> eight(start, s, ss, w, v, x, q, terms, y, p, ps);
      case 4 -> four(start, s, ss, w, v, x, q, terms, y, p, ps);
      case 2 -> two(start, s, ss, w, v, x, q, terms, y, p, ps);
      default -> one(start, s, ss, w, v, x, q, terms, y, p, ps);
    }
  }

  private static void eight(
      float[] start,
      int s,
      int ss,
      float[] w,
      int v,
      float[] x,
      int q,
      int terms,
      float[] y,
      int p,
      int ps) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector b0 = FloatVector.fromArray(FLOATS, start, s + LENGTH);
    FloatVector a1 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector b1 = FloatVector.fromArray(FLOATS, start, s + ss + LENGTH);
    FloatVector a2 = FloatVector.fromArray(FLOATS, start, s + 2 * ss);
    FloatVector b2 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + LENGTH);
    FloatVector a3 = FloatVector.fromArray(FLOATS, start, s + 3 * ss);
    FloatVector b3 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + LENGTH);
    FloatVector a4 = FloatVector.fromArray(FLOATS, start, s + 4 * ss);
    FloatVector b4 = FloatVector.fromArray(FLOATS, start, s + 4 * ss + LENGTH);
    FloatVector a5 = FloatVector.fromArray(FLOATS, start, s + 5 * ss);
    FloatVector b5 = FloatVector.fromArray(FLOATS, start, s + 5 * ss + LENGTH);
    FloatVector a6 = FloatVector.fromArray(FLOATS, start, s + 6 * ss);
    FloatVector b6 = FloatVector.fromArray(FLOATS, start, s + 6 * ss + LENGTH);
    FloatVector a7 = FloatVector.fromArray(FLOATS, start, s + 7 * ss);
    FloatVector b7 = FloatVector.fromArray(FLOATS, start, s + 7 * ss + LENGTH);
    int end = v + terms * 8;
    for (int e = v, c = q; e < end; e += 8, c += PANEL) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[e]);
      a0 = x0.fma(w0, a0);
      b0 = x1.fma(w0, b0);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[e + 1]);
      a1 = x0.fma(w1, a1);
      b1 = x1.fma(w1, b1);
      FloatVector w2 = FloatVector.broadcast(FLOATS, w[e + 2]);
      a2 = x0.fma(w2, a2);
      b2 = x1.fma(w2, b2);
      FloatVector w3 = FloatVector.broadcast(FLOATS, w[e + 3]);
      a3 = x0.fma(w3, a3);
      b3 = x1.fma(w3, b3);
      FloatVector w4 = FloatVector.broadcast(FLOATS, w[e + 4]);
      a4 = x0.fma(w4, a4);
      b4 = x1.fma(w4, b4);
      FloatVector w5 = FloatVector.broadcast(FLOATS, w[e + 5]);
      a5 = x0.fma(w5, a5);
      b5 = x1.fma(w5, b5);
      FloatVector w6 = FloatVector.broadcast(FLOATS, w[e + 6]);
      a6 = x0.fma(w6, a6);
      b6 = x1.fma(w6, b6);
      FloatVector w7 = FloatVector.broadcast(FLOATS, w[e + 7]);
      a7 = x0.fma(w7, a7);
      b7 = x1.fma(w7, b7);
    }
    a0.intoArray(y, p);
    b0.intoArray(y, p + LENGTH);
    a1.intoArray(y, p + ps);
    b1.intoArray(y, p + ps + LENGTH);
    a2.intoArray(y, p + 2 * ps);
    b2.intoArray(y, p + 2 * ps + LENGTH);
    a3.intoArray(y, p + 3 * ps);
    b3.intoArray(y, p + 3 * ps + LENGTH);
    a4.intoArray(y, p + 4 * ps);
    b4.intoArray(y, p + 4 * ps + LENGTH);
    a5.intoArray(y, p + 5 * ps);
    b5.intoArray(y, p + 5 * ps + LENGTH);
    a6.intoArray(y, p + 6 * ps);
    b6.intoArray(y, p + 6 * ps + LENGTH);
    a7.intoArray(y, p + 7 * ps);
    b7.intoArray(y, p + 7 * ps + LENGTH);
  }

  private static void four(
      float[] start,
      int s,
      int ss,
      float[] w,
      int v,
      float[] x,
      int q,
      int terms,
      float[] y,
      int p,
      int ps) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector b0 = FloatVector.fromArray(FLOATS, start, s + LENGTH);
    FloatVector a1 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector b1 = FloatVector.fromArray(FLOATS, start, s + ss + LENGTH);
    FloatVector a2 = FloatVector.fromArray(FLOATS, start, s + 2 * ss);
    FloatVector b2 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + LENGTH);
    FloatVector a3 = FloatVector.fromArray(FLOATS, start, s + 3 * ss);
    FloatVector b3 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + LENGTH);
    int end = v + terms * 4;
    for (int e = v, c = q; e < end; e += 4, c += PANEL) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[e]);
      a0 = x0.fma(w0, a0);
      b0 = x1.fma(w0, b0);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[e + 1]);
      a1 = x0.fma(w1, a1);
      b1 = x1.fma(w1, b1);
      FloatVector w2 = FloatVector.broadcast(FLOATS, w[e + 2]);
      a2 = x0.fma(w2, a2);
      b2 = x1.fma(w2, b2);
      FloatVector w3 = FloatVector.broadcast(FLOATS, w[e + 3]);
      a3 = x0.fma(w3, a3);
      b3 = x1.fma(w3, b3);
    }
    a0.intoArray(y, p);
    b0.intoArray(y, p + LENGTH);
    a1.intoArray(y, p + ps);
    b1.intoArray(y, p + ps + LENGTH);
    a2.intoArray(y, p + 2 * ps);
    b2.intoArray(y, p + 2 * ps + LENGTH);
    a3.intoArray(y, p + 3 * ps);
    b3.intoArray(y, p + 3 * ps + LENGTH);
  }

  private static void two(
      float[] start,
      int s,
      int ss,
      float[] w,
      int v,
      float[] x,
      int q,
      int terms,
      float[] y,
      int p,
      int ps) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector b0 = FloatVector.fromArray(FLOATS, start, s + LENGTH);
    FloatVector a1 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector b1 = FloatVector.fromArray(FLOATS, start, s + ss + LENGTH);
    int end = v + terms * 2;
    for (int e = v, c = q; e < end; e += 2, c += PANEL) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[e]);
      a0 = x0.fma(w0, a0);
      b0 = x1.fma(w0, b0);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[e + 1]);
      a1 = x0.fma(w1, a1);
      b1 = x1.fma(w1, b1);
    }
    a0.intoArray(y, p);
    b0.intoArray(y, p + LENGTH);
    a1.intoArray(y, p + ps);
    b1.intoArray(y, p + ps + LENGTH);
  }

  private static void one(
      float[] start,
      int s,
      int ss,
      float[] w,
      int v,
      float[] x,
      int q,
      int terms,
      float[] y,
      int p,
      int ps) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector b0 = FloatVector.fromArray(FLOATS, start, s + LENGTH);
    int end = v + terms * 1;
    for (int e = v, c = q; e < end; e += 1, c += PANEL) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[e]);
      a0 = x0.fma(w0, a0);
      b0 = x1.fma(w0, b0);
    }
    a0.intoArray(y, p);
    b0.intoArray(y, p + LENGTH);
  }
}
