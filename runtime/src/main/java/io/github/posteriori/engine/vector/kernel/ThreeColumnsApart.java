package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Filters three rows of a channel by 3 x 3 taps at every second column, in blocks of one register a
 * pixel. What lies left and right of a row counts as zero:
 *
 * <pre>
 *   y[i] = sum over k and n in {0, 1, 2} of w_k[n] x_k[2 i + n - 1]
 * </pre>
 */
public final class ThreeColumnsApart {
  private ThreeColumnsApart() {}

  /**
   * Computes a row: y = bias + the filtered rows.
   *
   * @param v offset of the first row's three weights; so {@code v1} and {@code v2}
   * @param a the first row, from {@code a0} on; so {@code b} and {@code c}
   * @param columns of a row of x
   */
  public static void filter(
      float bias,
      float[] w,
      int v,
      int v1,
      int v2,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int columns,
      float[] y,
      int p) {
    FloatVector w00 = FloatVector.broadcast(FLOATS, w[v]);
    FloatVector w01 = FloatVector.broadcast(FLOATS, w[v + 1]);
    FloatVector w02 = FloatVector.broadcast(FLOATS, w[v + 2]);
    FloatVector w10 = FloatVector.broadcast(FLOATS, w[v1]);
    FloatVector w11 = FloatVector.broadcast(FLOATS, w[v1 + 1]);
    FloatVector w12 = FloatVector.broadcast(FLOATS, w[v1 + 2]);
    FloatVector w20 = FloatVector.broadcast(FLOATS, w[v2]);
    FloatVector w21 = FloatVector.broadcast(FLOATS, w[v2 + 1]);
    FloatVector w22 = FloatVector.broadcast(FLOATS, w[v2 + 2]);
    FloatVector start = FloatVector.broadcast(FLOATS, bias);
    FloatVector sum = start;
    int pairs = columns / 2 * LENGTH;
    for (int i = 0; i < pairs; i += LENGTH) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, a, a0 + 2 * i);
      FloatVector x1 = FloatVector.fromArray(FLOATS, b, b0 + 2 * i);
      FloatVector x2 = FloatVector.fromArray(FLOATS, c, c0 + 2 * i);
      sum = x2.fma(w21, x1.fma(w11, x0.fma(w01, sum)));
      x0 = FloatVector.fromArray(FLOATS, a, a0 + 2 * i + LENGTH);
      x1 = FloatVector.fromArray(FLOATS, b, b0 + 2 * i + LENGTH);
      x2 = FloatVector.fromArray(FLOATS, c, c0 + 2 * i + LENGTH);
      x2.fma(w22, x1.fma(w12, x0.fma(w02, sum))).intoArray(y, p + i);
      sum = x2.fma(w20, x1.fma(w10, x0.fma(w00, start)));
    }
    if (columns % 2 != 0) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, a, a0 + 2 * pairs);
      FloatVector x1 = FloatVector.fromArray(FLOATS, b, b0 + 2 * pairs);
      FloatVector x2 = FloatVector.fromArray(FLOATS, c, c0 + 2 * pairs);
      x2.fma(w21, x1.fma(w11, x0.fma(w01, sum))).intoArray(y, p + pairs);
    }
  }

  /**
   * Takes gradients back: dx is the sum over rows k of {@code w_k[1] d_k[i]} at column 2 i and of
   * {@code w_k[2] d_k[i] + w_k[0] d_k[i + 1]} at the next.
   *
   * @param columns of dx
   */
  public static void spread(
      float[] w,
      int v,
      int v1,
      int v2,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int columns,
      float[] dx,
      int p) {
    FloatVector w00 = FloatVector.broadcast(FLOATS, w[v]);
    FloatVector w01 = FloatVector.broadcast(FLOATS, w[v + 1]);
    FloatVector w02 = FloatVector.broadcast(FLOATS, w[v + 2]);
    FloatVector w10 = FloatVector.broadcast(FLOATS, w[v1]);
    FloatVector w11 = FloatVector.broadcast(FLOATS, w[v1 + 1]);
    FloatVector w12 = FloatVector.broadcast(FLOATS, w[v1 + 2]);
    FloatVector w20 = FloatVector.broadcast(FLOATS, w[v2]);
    FloatVector w21 = FloatVector.broadcast(FLOATS, w[v2 + 1]);
    FloatVector w22 = FloatVector.broadcast(FLOATS, w[v2 + 2]);
    FloatVector d0 = FloatVector.fromArray(FLOATS, a, a0);
    FloatVector d1 = FloatVector.fromArray(FLOATS, b, b0);
    FloatVector d2 = FloatVector.fromArray(FLOATS, c, c0);
    int last = (columns - 1) / 2 * LENGTH;
    for (int i = 0; i < last; i += LENGTH) {
      d2.fma(w21, d1.fma(w11, d0.mul(w01))).intoArray(dx, p + 2 * i);
      FloatVector sum = d2.fma(w22, d1.fma(w12, d0.mul(w02)));
      d0 = FloatVector.fromArray(FLOATS, a, a0 + i + LENGTH);
      d1 = FloatVector.fromArray(FLOATS, b, b0 + i + LENGTH);
      d2 = FloatVector.fromArray(FLOATS, c, c0 + i + LENGTH);
      d2.fma(w20, d1.fma(w10, d0.fma(w00, sum))).intoArray(dx, p + 2 * i + LENGTH);
    }
    d2.fma(w21, d1.fma(w11, d0.mul(w01))).intoArray(dx, p + 2 * last);
    if (columns % 2 == 0) {
      d2.fma(w22, d1.fma(w12, d0.mul(w02))).intoArray(dx, p + 2 * last + LENGTH);
    }
  }

  /**
   * Adds the products of a row to the sums of the taps, lane by lane: {@code s_k[n] += sum over i
   * of x_k[2 i + n - 1] d[i]}.
   *
   * @param columns of a row of x
   * @param s offset of the first row's three sums, a register each; so {@code s1} and {@code s2}
   */
  public static void sum(
      float[] d,
      int o,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int columns,
      float[] sums,
      int s,
      int s1,
      int s2) {
    FloatVector s00 = FloatVector.fromArray(FLOATS, sums, s);
    FloatVector s01 = FloatVector.fromArray(FLOATS, sums, s + LENGTH);
    FloatVector s02 = FloatVector.fromArray(FLOATS, sums, s + 2 * LENGTH);
    FloatVector s10 = FloatVector.fromArray(FLOATS, sums, s1);
    FloatVector s11 = FloatVector.fromArray(FLOATS, sums, s1 + LENGTH);
    FloatVector s12 = FloatVector.fromArray(FLOATS, sums, s1 + 2 * LENGTH);
    FloatVector s20 = FloatVector.fromArray(FLOATS, sums, s2);
    FloatVector s21 = FloatVector.fromArray(FLOATS, sums, s2 + LENGTH);
    FloatVector s22 = FloatVector.fromArray(FLOATS, sums, s2 + 2 * LENGTH);
    FloatVector here = FloatVector.fromArray(FLOATS, d, o);
    int last = (columns - 1) / 2 * LENGTH;
    for (int i = 0; i < last; i += LENGTH) {
      s01 = FloatVector.fromArray(FLOATS, a, a0 + 2 * i).fma(here, s01);
      s11 = FloatVector.fromArray(FLOATS, b, b0 + 2 * i).fma(here, s11);
      s21 = FloatVector.fromArray(FLOATS, c, c0 + 2 * i).fma(here, s21);
      FloatVector x0 = FloatVector.fromArray(FLOATS, a, a0 + 2 * i + LENGTH);
      FloatVector x1 = FloatVector.fromArray(FLOATS, b, b0 + 2 * i + LENGTH);
      FloatVector x2 = FloatVector.fromArray(FLOATS, c, c0 + 2 * i + LENGTH);
      s02 = x0.fma(here, s02);
      s12 = x1.fma(here, s12);
      s22 = x2.fma(here, s22);
      here = FloatVector.fromArray(FLOATS, d, o + i + LENGTH);
      s00 = x0.fma(here, s00);
      s10 = x1.fma(here, s10);
      s20 = x2.fma(here, s20);
    }
    s01 = FloatVector.fromArray(FLOATS, a, a0 + 2 * last).fma(here, s01);
    s11 = FloatVector.fromArray(FLOATS, b, b0 + 2 * last).fma(here, s11);
    s21 = FloatVector.fromArray(FLOATS, c, c0 + 2 * last).fma(here, s21);
    if (columns % 2 == 0) {
      s02 = FloatVector.fromArray(FLOATS, a, a0 + 2 * last + LENGTH).fma(here, s02);
      s12 = FloatVector.fromArray(FLOATS, b, b0 + 2 * last + LENGTH).fma(here, s12);
      s22 = FloatVector.fromArray(FLOATS, c, c0 + 2 * last + LENGTH).fma(here, s22);
    }
    s00.intoArray(sums, s);
    s01.intoArray(sums, s + LENGTH);
    s02.intoArray(sums, s + 2 * LENGTH);
    s10.intoArray(sums, s1);
    s11.intoArray(sums, s1 + LENGTH);
    s12.intoArray(sums, s1 + 2 * LENGTH);
    s20.intoArray(sums, s2);
    s21.intoArray(sums, s2 + LENGTH);
    s22.intoArray(sums, s2 + 2 * LENGTH);
  }
}
