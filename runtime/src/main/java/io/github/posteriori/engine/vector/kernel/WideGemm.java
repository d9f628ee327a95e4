package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * GEMM micro-kernel: a register tile of up to 6 rows and 4 registers of columns,
 *
 * <pre>
 *   y[p + m ps + n LENGTH] = start[s + m ss + n sn] + sum over t in [from, to) of
 *       w[v + m vs + wo[t]] x[q + xo[t] + n LENGTH]
 * </pre>
 *
 * where w is broadcast to all lanes. The tables {@code wo} and {@code xo} hold the offsets of the
 * factors of term t, so that one kernel serves convolutions of any stride, padding and dilation,
 * their derivatives, and fully connected layers. Each method is one counted loop, which the JVM's
 * compiler keeps in registers. Terms are added in the same order for every tile.
 */
final class WideGemm {
  private WideGemm() {}

  /** Multiplies a tile of 6, 4, 2 or 1 rows. */
  static void run(
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
      int from,
      int to,
      float[] y,
      int p,
      int ps) {
    switch (rows) {
      case 6 -> six(start, s, ss, sn, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
      case 4 -> four(start, s, ss, sn, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
      case 2 -> two(start, s, ss, sn, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
      default -> one(start, s, ss, sn, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
    }
  }

  private static void six(
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
      int from,
      int to,
      float[] y,
      int p,
      int ps) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector y01 = FloatVector.fromArray(FLOATS, start, s + sn);
    FloatVector y02 = FloatVector.fromArray(FLOATS, start, s + 2 * sn);
    FloatVector y03 = FloatVector.fromArray(FLOATS, start, s + 3 * sn);
    FloatVector y10 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector y11 = FloatVector.fromArray(FLOATS, start, s + ss + sn);
    FloatVector y12 = FloatVector.fromArray(FLOATS, start, s + ss + 2 * sn);
    FloatVector y13 = FloatVector.fromArray(FLOATS, start, s + ss + 3 * sn);
    FloatVector y20 = FloatVector.fromArray(FLOATS, start, s + 2 * ss);
    FloatVector y21 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + sn);
    FloatVector y22 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + 2 * sn);
    FloatVector y23 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + 3 * sn);
    FloatVector y30 = FloatVector.fromArray(FLOATS, start, s + 3 * ss);
    FloatVector y31 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + sn);
    FloatVector y32 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + 2 * sn);
    FloatVector y33 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + 3 * sn);
    FloatVector y40 = FloatVector.fromArray(FLOATS, start, s + 4 * ss);
    FloatVector y41 = FloatVector.fromArray(FLOATS, start, s + 4 * ss + sn);
    FloatVector y42 = FloatVector.fromArray(FLOATS, start, s + 4 * ss + 2 * sn);
    FloatVector y43 = FloatVector.fromArray(FLOATS, start, s + 4 * ss + 3 * sn);
    FloatVector y50 = FloatVector.fromArray(FLOATS, start, s + 5 * ss);
    FloatVector y51 = FloatVector.fromArray(FLOATS, start, s + 5 * ss + sn);
    FloatVector y52 = FloatVector.fromArray(FLOATS, start, s + 5 * ss + 2 * sn);
    FloatVector y53 = FloatVector.fromArray(FLOATS, start, s + 5 * ss + 3 * sn);
    int v1 = v + vs;
    int v2 = v + 2 * vs;
    int v3 = v + 3 * vs;
    int v4 = v + 4 * vs;
    int v5 = v + 5 * vs;
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, c + 2 * LENGTH);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, c + 3 * LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
      y01 = x1.fma(w0, y01);
      y02 = x2.fma(w0, y02);
      y03 = x3.fma(w0, y03);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[v1 + r]);
      y10 = x0.fma(w1, y10);
      y11 = x1.fma(w1, y11);
      y12 = x2.fma(w1, y12);
      y13 = x3.fma(w1, y13);
      FloatVector w2 = FloatVector.broadcast(FLOATS, w[v2 + r]);
      y20 = x0.fma(w2, y20);
      y21 = x1.fma(w2, y21);
      y22 = x2.fma(w2, y22);
      y23 = x3.fma(w2, y23);
      FloatVector w3 = FloatVector.broadcast(FLOATS, w[v3 + r]);
      y30 = x0.fma(w3, y30);
      y31 = x1.fma(w3, y31);
      y32 = x2.fma(w3, y32);
      y33 = x3.fma(w3, y33);
      FloatVector w4 = FloatVector.broadcast(FLOATS, w[v4 + r]);
      y40 = x0.fma(w4, y40);
      y41 = x1.fma(w4, y41);
      y42 = x2.fma(w4, y42);
      y43 = x3.fma(w4, y43);
      FloatVector w5 = FloatVector.broadcast(FLOATS, w[v5 + r]);
      y50 = x0.fma(w5, y50);
      y51 = x1.fma(w5, y51);
      y52 = x2.fma(w5, y52);
      y53 = x3.fma(w5, y53);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
    y10.intoArray(y, p + ps);
    y11.intoArray(y, p + ps + LENGTH);
    y12.intoArray(y, p + ps + 2 * LENGTH);
    y13.intoArray(y, p + ps + 3 * LENGTH);
    y20.intoArray(y, p + 2 * ps);
    y21.intoArray(y, p + 2 * ps + LENGTH);
    y22.intoArray(y, p + 2 * ps + 2 * LENGTH);
    y23.intoArray(y, p + 2 * ps + 3 * LENGTH);
    y30.intoArray(y, p + 3 * ps);
    y31.intoArray(y, p + 3 * ps + LENGTH);
    y32.intoArray(y, p + 3 * ps + 2 * LENGTH);
    y33.intoArray(y, p + 3 * ps + 3 * LENGTH);
    y40.intoArray(y, p + 4 * ps);
    y41.intoArray(y, p + 4 * ps + LENGTH);
    y42.intoArray(y, p + 4 * ps + 2 * LENGTH);
    y43.intoArray(y, p + 4 * ps + 3 * LENGTH);
    y50.intoArray(y, p + 5 * ps);
    y51.intoArray(y, p + 5 * ps + LENGTH);
    y52.intoArray(y, p + 5 * ps + 2 * LENGTH);
    y53.intoArray(y, p + 5 * ps + 3 * LENGTH);
  }

  private static void four(
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
      int from,
      int to,
      float[] y,
      int p,
      int ps) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector y01 = FloatVector.fromArray(FLOATS, start, s + sn);
    FloatVector y02 = FloatVector.fromArray(FLOATS, start, s + 2 * sn);
    FloatVector y03 = FloatVector.fromArray(FLOATS, start, s + 3 * sn);
    FloatVector y10 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector y11 = FloatVector.fromArray(FLOATS, start, s + ss + sn);
    FloatVector y12 = FloatVector.fromArray(FLOATS, start, s + ss + 2 * sn);
    FloatVector y13 = FloatVector.fromArray(FLOATS, start, s + ss + 3 * sn);
    FloatVector y20 = FloatVector.fromArray(FLOATS, start, s + 2 * ss);
    FloatVector y21 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + sn);
    FloatVector y22 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + 2 * sn);
    FloatVector y23 = FloatVector.fromArray(FLOATS, start, s + 2 * ss + 3 * sn);
    FloatVector y30 = FloatVector.fromArray(FLOATS, start, s + 3 * ss);
    FloatVector y31 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + sn);
    FloatVector y32 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + 2 * sn);
    FloatVector y33 = FloatVector.fromArray(FLOATS, start, s + 3 * ss + 3 * sn);
    int v1 = v + vs;
    int v2 = v + 2 * vs;
    int v3 = v + 3 * vs;
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, c + 2 * LENGTH);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, c + 3 * LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
      y01 = x1.fma(w0, y01);
      y02 = x2.fma(w0, y02);
      y03 = x3.fma(w0, y03);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[v1 + r]);
      y10 = x0.fma(w1, y10);
      y11 = x1.fma(w1, y11);
      y12 = x2.fma(w1, y12);
      y13 = x3.fma(w1, y13);
      FloatVector w2 = FloatVector.broadcast(FLOATS, w[v2 + r]);
      y20 = x0.fma(w2, y20);
      y21 = x1.fma(w2, y21);
      y22 = x2.fma(w2, y22);
      y23 = x3.fma(w2, y23);
      FloatVector w3 = FloatVector.broadcast(FLOATS, w[v3 + r]);
      y30 = x0.fma(w3, y30);
      y31 = x1.fma(w3, y31);
      y32 = x2.fma(w3, y32);
      y33 = x3.fma(w3, y33);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
    y10.intoArray(y, p + ps);
    y11.intoArray(y, p + ps + LENGTH);
    y12.intoArray(y, p + ps + 2 * LENGTH);
    y13.intoArray(y, p + ps + 3 * LENGTH);
    y20.intoArray(y, p + 2 * ps);
    y21.intoArray(y, p + 2 * ps + LENGTH);
    y22.intoArray(y, p + 2 * ps + 2 * LENGTH);
    y23.intoArray(y, p + 2 * ps + 3 * LENGTH);
    y30.intoArray(y, p + 3 * ps);
    y31.intoArray(y, p + 3 * ps + LENGTH);
    y32.intoArray(y, p + 3 * ps + 2 * LENGTH);
    y33.intoArray(y, p + 3 * ps + 3 * LENGTH);
  }

  private static void two(
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
      int from,
      int to,
      float[] y,
      int p,
      int ps) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector y01 = FloatVector.fromArray(FLOATS, start, s + sn);
    FloatVector y02 = FloatVector.fromArray(FLOATS, start, s + 2 * sn);
    FloatVector y03 = FloatVector.fromArray(FLOATS, start, s + 3 * sn);
    FloatVector y10 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector y11 = FloatVector.fromArray(FLOATS, start, s + ss + sn);
    FloatVector y12 = FloatVector.fromArray(FLOATS, start, s + ss + 2 * sn);
    FloatVector y13 = FloatVector.fromArray(FLOATS, start, s + ss + 3 * sn);
    int v1 = v + vs;
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, c + 2 * LENGTH);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, c + 3 * LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
      y01 = x1.fma(w0, y01);
      y02 = x2.fma(w0, y02);
      y03 = x3.fma(w0, y03);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[v1 + r]);
      y10 = x0.fma(w1, y10);
      y11 = x1.fma(w1, y11);
      y12 = x2.fma(w1, y12);
      y13 = x3.fma(w1, y13);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
    y10.intoArray(y, p + ps);
    y11.intoArray(y, p + ps + LENGTH);
    y12.intoArray(y, p + ps + 2 * LENGTH);
    y13.intoArray(y, p + ps + 3 * LENGTH);
  }

  private static void one(
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
      int from,
      int to,
      float[] y,
      int p,
      int ps) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, start, s);
    FloatVector y01 = FloatVector.fromArray(FLOATS, start, s + sn);
    FloatVector y02 = FloatVector.fromArray(FLOATS, start, s + 2 * sn);
    FloatVector y03 = FloatVector.fromArray(FLOATS, start, s + 3 * sn);
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, c + LENGTH);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, c + 2 * LENGTH);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, c + 3 * LENGTH);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
      y01 = x1.fma(w0, y01);
      y02 = x2.fma(w0, y02);
      y03 = x3.fma(w0, y03);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
  }
}
