package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** GEMM micro-kernel as {@link WideGemm}, for one register of columns. */
final class NarrowGemm {
  private NarrowGemm() {}

  /** Multiplies a tile of 6, 4, 2 or 1 rows. */
  static void run(
      int rows,
      float[] start,
      int s,
      int ss,
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
      case 6 -> six(start, s, ss, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
      case 4 -> four(start, s, ss, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
      case 2 -> two(start, s, ss, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
      default -> one(start, s, ss, w, v, vs, wo, x, q, xo, from, to, y, p, ps);
    }
  }

  private static void six(
      float[] start,
      int s,
      int ss,
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
    FloatVector y10 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector y20 = FloatVector.fromArray(FLOATS, start, s + 2 * ss);
    FloatVector y30 = FloatVector.fromArray(FLOATS, start, s + 3 * ss);
    FloatVector y40 = FloatVector.fromArray(FLOATS, start, s + 4 * ss);
    FloatVector y50 = FloatVector.fromArray(FLOATS, start, s + 5 * ss);
    int v1 = v + vs;
    int v2 = v + 2 * vs;
    int v3 = v + 3 * vs;
    int v4 = v + 4 * vs;
    int v5 = v + 5 * vs;
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[v1 + r]);
      y10 = x0.fma(w1, y10);
      FloatVector w2 = FloatVector.broadcast(FLOATS, w[v2 + r]);
      y20 = x0.fma(w2, y20);
      FloatVector w3 = FloatVector.broadcast(FLOATS, w[v3 + r]);
      y30 = x0.fma(w3, y30);
      FloatVector w4 = FloatVector.broadcast(FLOATS, w[v4 + r]);
      y40 = x0.fma(w4, y40);
      FloatVector w5 = FloatVector.broadcast(FLOATS, w[v5 + r]);
      y50 = x0.fma(w5, y50);
    }
    y00.intoArray(y, p);
    y10.intoArray(y, p + ps);
    y20.intoArray(y, p + 2 * ps);
    y30.intoArray(y, p + 3 * ps);
    y40.intoArray(y, p + 4 * ps);
    y50.intoArray(y, p + 5 * ps);
  }

  private static void four(
      float[] start,
      int s,
      int ss,
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
    FloatVector y10 = FloatVector.fromArray(FLOATS, start, s + ss);
    FloatVector y20 = FloatVector.fromArray(FLOATS, start, s + 2 * ss);
    FloatVector y30 = FloatVector.fromArray(FLOATS, start, s + 3 * ss);
    int v1 = v + vs;
    int v2 = v + 2 * vs;
    int v3 = v + 3 * vs;
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[v1 + r]);
      y10 = x0.fma(w1, y10);
      FloatVector w2 = FloatVector.broadcast(FLOATS, w[v2 + r]);
      y20 = x0.fma(w2, y20);
      FloatVector w3 = FloatVector.broadcast(FLOATS, w[v3 + r]);
      y30 = x0.fma(w3, y30);
    }
    y00.intoArray(y, p);
    y10.intoArray(y, p + ps);
    y20.intoArray(y, p + 2 * ps);
    y30.intoArray(y, p + 3 * ps);
  }

  private static void two(
      float[] start,
      int s,
      int ss,
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
    FloatVector y10 = FloatVector.fromArray(FLOATS, start, s + ss);
    int v1 = v + vs;
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
      FloatVector w1 = FloatVector.broadcast(FLOATS, w[v1 + r]);
      y10 = x0.fma(w1, y10);
    }
    y00.intoArray(y, p);
    y10.intoArray(y, p + ps);
  }

  private static void one(
      float[] start,
      int s,
      int ss,
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
    for (int t = from; t < to; t++) {
      int c = q + xo[t];
      int r = wo[t];
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, c);
      FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + r]);
      y00 = x0.fma(w0, y00);
    }
    y00.intoArray(y, p);
  }
}
