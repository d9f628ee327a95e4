package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Correlates a row of some channels of x with three columns of registers of dy:
 *
 * <pre>
 *   y[m, k] += sum over t of  x[m, t] dy[k, t]        m of up to eight channels, k of three columns
 * </pre>
 *
 * where {@code x[m, t]} is one number, broadcast to all lanes, and {@code dy[k, t]} a register. The
 * columns may be the same row of dy from different places on, such as the taps of a filter's row,
 * so that each register that is loaded serves several taps. A call sums from zero, whatever y
 * holds: sums of sums round less than one long sum. Those of a call are stored before they are
 * added, since C2 made objects of the 24 in some runs where they were added in place.
 */
public final class RowTapsKernel {
  /** Columns of a tile. */
  public static final int COLUMNS = 3;

  /** The most channels of a tile: 8 x 3 sums and 4 factors, or 4 x 3 in 16 registers. */
  public static final int ROWS = FLOATS.vectorBitSize() >= 512 ? 8 : 4;

  private RowTapsKernel() {}

  /** Returns the largest tile height that is at most {@code rows}. */
  public static int tile(int rows) {
    int most = Math.min(rows, ROWS);
    return most >= 8 ? 8 : most >= 4 ? 4 : most >= 2 ? 2 : 1;
  }

  /**
   * Adds the products of a tile of 8, 4, 2 or 1 channels.
   *
   * @param x where the first channel's numbers begin at {@code q}, the next channel's {@code qs} on
   * @param dy where the columns' registers begin at {@code a}, {@code b} and {@code c}
   * @param terms how many
   * @param sums a workspace of {@code ROWS * COLUMNS} registers
   * @param y {@code [channels, COLUMNS, LENGTH]} from {@code p} on
   */
  public static void run(
      int rows,
      float[] x,
      int q,
      int qs,
      float[] dy,
      int a,
      int b,
      int c,
      int terms,
      float[] sums,
      float[] y,
      int p) {
    switch (rows) {
      case 8 -> eight(x, q, qs, dy, a, b, c, terms, sums);
      case 4 -> four(x, q, qs, dy, a, b, c, terms, sums);
      case 2 -> two(x, q, qs, dy, a, b, c, terms, sums);
      default -> one(x, q, dy, a, b, c, terms, sums);
    }
    Elementwise.add(sums, LEAD, y, p, rows * COLUMNS * LENGTH);
  }

  private static void eight(
      float[] x, int q, int qs, float[] dy, int a, int b, int c, int terms, float[] sums) {
    int qs2 = 2 * qs;
    int qs3 = 3 * qs;
    int qs4 = 4 * qs;
    int qs5 = 5 * qs;
    int qs6 = 6 * qs;
    int qs7 = 7 * qs;
    int ab = b - a;
    int ac = c - a;
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector b0 = a0;
    FloatVector c0 = a0;
    FloatVector a1 = a0;
    FloatVector b1 = a0;
    FloatVector c1 = a0;
    FloatVector a2 = a0;
    FloatVector b2 = a0;
    FloatVector c2 = a0;
    FloatVector a3 = a0;
    FloatVector b3 = a0;
    FloatVector c3 = a0;
    FloatVector a4 = a0;
    FloatVector b4 = a0;
    FloatVector c4 = a0;
    FloatVector a5 = a0;
    FloatVector b5 = a0;
    FloatVector c5 = a0;
    FloatVector a6 = a0;
    FloatVector b6 = a0;
    FloatVector c6 = a0;
    FloatVector a7 = a0;
    FloatVector b7 = a0;
    FloatVector c7 = a0;
    int end = q + terms;
    for (int e = q, d = a; e < end; e++, d += LENGTH) {
      FloatVector da = FloatVector.fromArray(FLOATS, dy, d);
      FloatVector db = FloatVector.fromArray(FLOATS, dy, d + ab);
      FloatVector dc = FloatVector.fromArray(FLOATS, dy, d + ac);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[e]);
      a0 = da.fma(x0, a0);
      b0 = db.fma(x0, b0);
      c0 = dc.fma(x0, c0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[e + qs]);
      a1 = da.fma(x1, a1);
      b1 = db.fma(x1, b1);
      c1 = dc.fma(x1, c1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[e + qs2]);
      a2 = da.fma(x2, a2);
      b2 = db.fma(x2, b2);
      c2 = dc.fma(x2, c2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[e + qs3]);
      a3 = da.fma(x3, a3);
      b3 = db.fma(x3, b3);
      c3 = dc.fma(x3, c3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[e + qs4]);
      a4 = da.fma(x4, a4);
      b4 = db.fma(x4, b4);
      c4 = dc.fma(x4, c4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[e + qs5]);
      a5 = da.fma(x5, a5);
      b5 = db.fma(x5, b5);
      c5 = dc.fma(x5, c5);
      FloatVector x6 = FloatVector.broadcast(FLOATS, x[e + qs6]);
      a6 = da.fma(x6, a6);
      b6 = db.fma(x6, b6);
      c6 = dc.fma(x6, c6);
      FloatVector x7 = FloatVector.broadcast(FLOATS, x[e + qs7]);
      a7 = da.fma(x7, a7);
      b7 = db.fma(x7, b7);
      c7 = dc.fma(x7, c7);
    }
    a0.intoArray(sums, LEAD);
    b0.intoArray(sums, LEAD + LENGTH);
    c0.intoArray(sums, LEAD + 2 * LENGTH);
    a1.intoArray(sums, LEAD + 3 * LENGTH);
    b1.intoArray(sums, LEAD + 4 * LENGTH);
    c1.intoArray(sums, LEAD + 5 * LENGTH);
    a2.intoArray(sums, LEAD + 6 * LENGTH);
    b2.intoArray(sums, LEAD + 7 * LENGTH);
    c2.intoArray(sums, LEAD + 8 * LENGTH);
    a3.intoArray(sums, LEAD + 9 * LENGTH);
    b3.intoArray(sums, LEAD + 10 * LENGTH);
    c3.intoArray(sums, LEAD + 11 * LENGTH);
    a4.intoArray(sums, LEAD + 12 * LENGTH);
    b4.intoArray(sums, LEAD + 13 * LENGTH);
    c4.intoArray(sums, LEAD + 14 * LENGTH);
    a5.intoArray(sums, LEAD + 15 * LENGTH);
    b5.intoArray(sums, LEAD + 16 * LENGTH);
    c5.intoArray(sums, LEAD + 17 * LENGTH);
    a6.intoArray(sums, LEAD + 18 * LENGTH);
    b6.intoArray(sums, LEAD + 19 * LENGTH);
    c6.intoArray(sums, LEAD + 20 * LENGTH);
    a7.intoArray(sums, LEAD + 21 * LENGTH);
    b7.intoArray(sums, LEAD + 22 * LENGTH);
    c7.intoArray(sums, LEAD + 23 * LENGTH);
  }

  private static void four(
      float[] x, int q, int qs, float[] dy, int a, int b, int c, int terms, float[] sums) {
    int qs2 = 2 * qs;
    int qs3 = 3 * qs;
    int ab = b - a;
    int ac = c - a;
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector b0 = a0;
    FloatVector c0 = a0;
    FloatVector a1 = a0;
    FloatVector b1 = a0;
    FloatVector c1 = a0;
    FloatVector a2 = a0;
    FloatVector b2 = a0;
    FloatVector c2 = a0;
    FloatVector a3 = a0;
    FloatVector b3 = a0;
    FloatVector c3 = a0;
    int end = q + terms;
    for (int e = q, d = a; e < end; e++, d += LENGTH) {
      FloatVector da = FloatVector.fromArray(FLOATS, dy, d);
      FloatVector db = FloatVector.fromArray(FLOATS, dy, d + ab);
      FloatVector dc = FloatVector.fromArray(FLOATS, dy, d + ac);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[e]);
      a0 = da.fma(x0, a0);
      b0 = db.fma(x0, b0);
      c0 = dc.fma(x0, c0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[e + qs]);
      a1 = da.fma(x1, a1);
      b1 = db.fma(x1, b1);
      c1 = dc.fma(x1, c1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[e + qs2]);
      a2 = da.fma(x2, a2);
      b2 = db.fma(x2, b2);
      c2 = dc.fma(x2, c2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[e + qs3]);
      a3 = da.fma(x3, a3);
      b3 = db.fma(x3, b3);
      c3 = dc.fma(x3, c3);
    }
    a0.intoArray(sums, LEAD);
    b0.intoArray(sums, LEAD + LENGTH);
    c0.intoArray(sums, LEAD + 2 * LENGTH);
    a1.intoArray(sums, LEAD + 3 * LENGTH);
    b1.intoArray(sums, LEAD + 4 * LENGTH);
    c1.intoArray(sums, LEAD + 5 * LENGTH);
    a2.intoArray(sums, LEAD + 6 * LENGTH);
    b2.intoArray(sums, LEAD + 7 * LENGTH);
    c2.intoArray(sums, LEAD + 8 * LENGTH);
    a3.intoArray(sums, LEAD + 9 * LENGTH);
    b3.intoArray(sums, LEAD + 10 * LENGTH);
    c3.intoArray(sums, LEAD + 11 * LENGTH);
  }

  private static void two(
      float[] x, int q, int qs, float[] dy, int a, int b, int c, int terms, float[] sums) {
    int ab = b - a;
    int ac = c - a;
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector b0 = a0;
    FloatVector c0 = a0;
    FloatVector a1 = a0;
    FloatVector b1 = a0;
    FloatVector c1 = a0;
    int end = q + terms;
    for (int e = q, d = a; e < end; e++, d += LENGTH) {
      FloatVector da = FloatVector.fromArray(FLOATS, dy, d);
      FloatVector db = FloatVector.fromArray(FLOATS, dy, d + ab);
      FloatVector dc = FloatVector.fromArray(FLOATS, dy, d + ac);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[e]);
      a0 = da.fma(x0, a0);
      b0 = db.fma(x0, b0);
      c0 = dc.fma(x0, c0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[e + qs]);
      a1 = da.fma(x1, a1);
      b1 = db.fma(x1, b1);
      c1 = dc.fma(x1, c1);
    }
    a0.intoArray(sums, LEAD);
    b0.intoArray(sums, LEAD + LENGTH);
    c0.intoArray(sums, LEAD + 2 * LENGTH);
    a1.intoArray(sums, LEAD + 3 * LENGTH);
    b1.intoArray(sums, LEAD + 4 * LENGTH);
    c1.intoArray(sums, LEAD + 5 * LENGTH);
  }

  private static void one(
      float[] x, int q, float[] dy, int a, int b, int c, int terms, float[] sums) {
    int ab = b - a;
    int ac = c - a;
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector b0 = a0;
    FloatVector c0 = a0;
    int end = q + terms;
    for (int e = q, d = a; e < end; e++, d += LENGTH) {
      FloatVector da = FloatVector.fromArray(FLOATS, dy, d);
      FloatVector db = FloatVector.fromArray(FLOATS, dy, d + ab);
      FloatVector dc = FloatVector.fromArray(FLOATS, dy, d + ac);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[e]);
      a0 = da.fma(x0, a0);
      b0 = db.fma(x0, b0);
      c0 = dc.fma(x0, c0);
    }
    a0.intoArray(sums, LEAD);
    b0.intoArray(sums, LEAD + LENGTH);
    c0.intoArray(sums, LEAD + 2 * LENGTH);
  }
}
