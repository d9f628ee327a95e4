package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Filters rows of a channel, whose pixels lie next to each other: a tap reads the row at a fixed
 * distance. Every index grows by a constant from turn to turn, so that C2 checks it once a row.
 */
public final class DepthwiseLoops {
  private DepthwiseLoops() {}

  /** Returns how many terms the loops take in place of {@code terms}. */
  public static int filled(int terms) {
    int left = terms % 9;
    return terms - left + (left > 4 ? 9 : left > 0 ? 4 : 0);
  }

  /**
   * Adds terms to a row: {@code y[p + i] += sum over t of w[v + wo[t]] x[xo[t] + i]}.
   *
   * @param wo offsets of the {@link #filled} terms' weights
   * @param count floats of the row
   */
  public static void add(
      float[] w, int v, int[] wo, float[] x, int[] xo, float[] y, int p, int count) {
    int t = 0;
    for (; t + 9 <= xo.length; t += 9) {
      addNine(w, v, wo, x, xo, t, y, p, count);
    }
    if (t < xo.length) {
      addFour(w, v, wo, x, xo, t, y, p, count);
    }
  }

  /**
   * Adds a row's products to sums, lane by lane: {@code s[p + LENGTH so[t]] += sum over i of d[o +
   * i] x[xo[t] + i]}.
   *
   * @param so numbers of the {@link #filled} terms' sums
   * @param count floats of the row
   */
  public static void sum(
      float[] d, int o, float[] x, int[] xo, int count, float[] s, int p, int[] so) {
    int t = 0;
    for (; t + 9 <= xo.length; t += 9) {
      sumNine(d, o, x, xo, t, count, s, p, so);
    }
    if (t < xo.length) {
      sumFour(d, o, x, xo, t, count, s, p, so);
    }
  }

  private static void addNine(
      float[] w, int v, int[] wo, float[] x, int[] xo, int t, float[] y, int p, int count) {
    FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + wo[t]]);
    FloatVector w1 = FloatVector.broadcast(FLOATS, w[v + wo[t + 1]]);
    FloatVector w2 = FloatVector.broadcast(FLOATS, w[v + wo[t + 2]]);
    FloatVector w3 = FloatVector.broadcast(FLOATS, w[v + wo[t + 3]]);
    FloatVector w4 = FloatVector.broadcast(FLOATS, w[v + wo[t + 4]]);
    FloatVector w5 = FloatVector.broadcast(FLOATS, w[v + wo[t + 5]]);
    FloatVector w6 = FloatVector.broadcast(FLOATS, w[v + wo[t + 6]]);
    FloatVector w7 = FloatVector.broadcast(FLOATS, w[v + wo[t + 7]]);
    FloatVector w8 = FloatVector.broadcast(FLOATS, w[v + wo[t + 8]]);
    int x0 = xo[t];
    int x1 = xo[t + 1];
    int x2 = xo[t + 2];
    int x3 = xo[t + 3];
    int x4 = xo[t + 4];
    int x5 = xo[t + 5];
    int x6 = xo[t + 6];
    int x7 = xo[t + 7];
    int x8 = xo[t + 8];
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector sum = FloatVector.fromArray(FLOATS, y, p + i);
      sum = FloatVector.fromArray(FLOATS, x, x0 + i).fma(w0, sum);
      sum = FloatVector.fromArray(FLOATS, x, x1 + i).fma(w1, sum);
      sum = FloatVector.fromArray(FLOATS, x, x2 + i).fma(w2, sum);
      sum = FloatVector.fromArray(FLOATS, x, x3 + i).fma(w3, sum);
      sum = FloatVector.fromArray(FLOATS, x, x4 + i).fma(w4, sum);
      sum = FloatVector.fromArray(FLOATS, x, x5 + i).fma(w5, sum);
      sum = FloatVector.fromArray(FLOATS, x, x6 + i).fma(w6, sum);
      sum = FloatVector.fromArray(FLOATS, x, x7 + i).fma(w7, sum);
      sum = FloatVector.fromArray(FLOATS, x, x8 + i).fma(w8, sum);
      sum.intoArray(y, p + i);
    }
  }

  private static void addFour(
      float[] w, int v, int[] wo, float[] x, int[] xo, int t, float[] y, int p, int count) {
    FloatVector w0 = FloatVector.broadcast(FLOATS, w[v + wo[t]]);
    FloatVector w1 = FloatVector.broadcast(FLOATS, w[v + wo[t + 1]]);
    FloatVector w2 = FloatVector.broadcast(FLOATS, w[v + wo[t + 2]]);
    FloatVector w3 = FloatVector.broadcast(FLOATS, w[v + wo[t + 3]]);
    int x0 = xo[t];
    int x1 = xo[t + 1];
    int x2 = xo[t + 2];
    int x3 = xo[t + 3];
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector sum = FloatVector.fromArray(FLOATS, y, p + i);
      sum = FloatVector.fromArray(FLOATS, x, x0 + i).fma(w0, sum);
      sum = FloatVector.fromArray(FLOATS, x, x1 + i).fma(w1, sum);
      sum = FloatVector.fromArray(FLOATS, x, x2 + i).fma(w2, sum);
      sum = FloatVector.fromArray(FLOATS, x, x3 + i).fma(w3, sum);
      sum.intoArray(y, p + i);
    }
  }

  private static void sumNine(
      float[] d, int o, float[] x, int[] xo, int t, int count, float[] s, int p, int[] so) {
    int x0 = xo[t];
    int x1 = xo[t + 1];
    int x2 = xo[t + 2];
    int x3 = xo[t + 3];
    int x4 = xo[t + 4];
    int x5 = xo[t + 5];
    int x6 = xo[t + 6];
    int x7 = xo[t + 7];
    int x8 = xo[t + 8];
    FloatVector s0 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t]);
    FloatVector s1 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 1]);
    FloatVector s2 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 2]);
    FloatVector s3 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 3]);
    FloatVector s4 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 4]);
    FloatVector s5 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 5]);
    FloatVector s6 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 6]);
    FloatVector s7 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 7]);
    FloatVector s8 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 8]);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector dy = FloatVector.fromArray(FLOATS, d, o + i);
      s0 = FloatVector.fromArray(FLOATS, x, x0 + i).fma(dy, s0);
      s1 = FloatVector.fromArray(FLOATS, x, x1 + i).fma(dy, s1);
      s2 = FloatVector.fromArray(FLOATS, x, x2 + i).fma(dy, s2);
      s3 = FloatVector.fromArray(FLOATS, x, x3 + i).fma(dy, s3);
      s4 = FloatVector.fromArray(FLOATS, x, x4 + i).fma(dy, s4);
      s5 = FloatVector.fromArray(FLOATS, x, x5 + i).fma(dy, s5);
      s6 = FloatVector.fromArray(FLOATS, x, x6 + i).fma(dy, s6);
      s7 = FloatVector.fromArray(FLOATS, x, x7 + i).fma(dy, s7);
      s8 = FloatVector.fromArray(FLOATS, x, x8 + i).fma(dy, s8);
    }
    s0.intoArray(s, p + LENGTH * so[t]);
    s1.intoArray(s, p + LENGTH * so[t + 1]);
    s2.intoArray(s, p + LENGTH * so[t + 2]);
    s3.intoArray(s, p + LENGTH * so[t + 3]);
    s4.intoArray(s, p + LENGTH * so[t + 4]);
    s5.intoArray(s, p + LENGTH * so[t + 5]);
    s6.intoArray(s, p + LENGTH * so[t + 6]);
    s7.intoArray(s, p + LENGTH * so[t + 7]);
    s8.intoArray(s, p + LENGTH * so[t + 8]);
  }

  private static void sumFour(
      float[] d, int o, float[] x, int[] xo, int t, int count, float[] s, int p, int[] so) {
    int x0 = xo[t];
    int x1 = xo[t + 1];
    int x2 = xo[t + 2];
    int x3 = xo[t + 3];
    FloatVector s0 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t]);
    FloatVector s1 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 1]);
    FloatVector s2 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 2]);
    FloatVector s3 = FloatVector.fromArray(FLOATS, s, p + LENGTH * so[t + 3]);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector dy = FloatVector.fromArray(FLOATS, d, o + i);
      s0 = FloatVector.fromArray(FLOATS, x, x0 + i).fma(dy, s0);
      s1 = FloatVector.fromArray(FLOATS, x, x1 + i).fma(dy, s1);
      s2 = FloatVector.fromArray(FLOATS, x, x2 + i).fma(dy, s2);
      s3 = FloatVector.fromArray(FLOATS, x, x3 + i).fma(dy, s3);
    }
    s0.intoArray(s, p + LENGTH * so[t]);
    s1.intoArray(s, p + LENGTH * so[t + 1]);
    s2.intoArray(s, p + LENGTH * so[t + 2]);
    s3.intoArray(s, p + LENGTH * so[t + 3]);
  }

  /**
   * Copies pixels of {@code width} floats that lie {@code xStep} floats apart to places {@code
   * yStep} floats apart.
   */
  public static void copy(
      float[] x, int from, int xStep, float[] y, int to, int yStep, int pixels, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        FloatVector.fromArray(FLOATS, x, from + pixel * xStep + lane)
            .intoArray(y, to + pixel * yStep + lane);
      }
    }
  }
}
