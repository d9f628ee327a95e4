package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Filters three rows of a channel by 3 x 3 taps, in blocks of one register a pixel. The outputs'
 * row is as wide as theirs, and what lies left and right of it counts as zero:
 *
 * <pre>
 *   y[i] = sum over k and n in {0, 1, 2} of w_k[n] x_k[i + n - 1]
 * </pre>
 *
 * <p>Each input is loaded once, and added to the three outputs that read it: the sums of two of
 * them are carried to the next turn.
 */
public final class ThreeColumns {
  private ThreeColumns() {}

  /**
   * Computes a row: y = bias + the filtered rows.
   *
   * @param v offset of the first row's weights {@code w[v], w[v + vs], w[v + 2 vs]}; so {@code v1}
   *     and {@code v2}
   * @param a the first row, from {@code a0} on; so {@code b} and {@code c}
   * @param count floats of the row
   */
  public static void filter(
      float bias,
      float[] w,
      int v,
      int v1,
      int v2,
      int vs,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      float[] y,
      int p,
      int count) {
    FloatVector w00 = FloatVector.broadcast(FLOATS, w[v]);
    FloatVector w01 = FloatVector.broadcast(FLOATS, w[v + vs]);
    FloatVector w02 = FloatVector.broadcast(FLOATS, w[v + 2 * vs]);
    FloatVector w10 = FloatVector.broadcast(FLOATS, w[v1]);
    FloatVector w11 = FloatVector.broadcast(FLOATS, w[v1 + vs]);
    FloatVector w12 = FloatVector.broadcast(FLOATS, w[v1 + 2 * vs]);
    FloatVector w20 = FloatVector.broadcast(FLOATS, w[v2]);
    FloatVector w21 = FloatVector.broadcast(FLOATS, w[v2 + vs]);
    FloatVector w22 = FloatVector.broadcast(FLOATS, w[v2 + 2 * vs]);
    FloatVector start = FloatVector.broadcast(FLOATS, bias);
    FloatVector x0 = FloatVector.fromArray(FLOATS, a, a0);
    FloatVector x1 = FloatVector.fromArray(FLOATS, b, b0);
    FloatVector x2 = FloatVector.fromArray(FLOATS, c, c0);
    FloatVector last = x2.fma(w21, x1.fma(w11, x0.fma(w01, start)));
    FloatVector next = x2.fma(w20, x1.fma(w10, x0.fma(w00, start)));
    for (int i = LENGTH; i < count; i += LENGTH) {
      x0 = FloatVector.fromArray(FLOATS, a, a0 + i);
      x1 = FloatVector.fromArray(FLOATS, b, b0 + i);
      x2 = FloatVector.fromArray(FLOATS, c, c0 + i);
      x2.fma(w22, x1.fma(w12, x0.fma(w02, last))).intoArray(y, p + i - LENGTH);
      last = x2.fma(w21, x1.fma(w11, x0.fma(w01, next)));
      next = x2.fma(w20, x1.fma(w10, x0.fma(w00, start)));
    }
    last.intoArray(y, p + count - LENGTH);
  }

  /** Computes y += the filtered rows, with arguments as {@link #filter} has them. */
  public static void add(
      float[] w,
      int v,
      int v1,
      int v2,
      int vs,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      float[] y,
      int p,
      int count) {
    FloatVector w00 = FloatVector.broadcast(FLOATS, w[v]);
    FloatVector w01 = FloatVector.broadcast(FLOATS, w[v + vs]);
    FloatVector w02 = FloatVector.broadcast(FLOATS, w[v + 2 * vs]);
    FloatVector w10 = FloatVector.broadcast(FLOATS, w[v1]);
    FloatVector w11 = FloatVector.broadcast(FLOATS, w[v1 + vs]);
    FloatVector w12 = FloatVector.broadcast(FLOATS, w[v1 + 2 * vs]);
    FloatVector w20 = FloatVector.broadcast(FLOATS, w[v2]);
    FloatVector w21 = FloatVector.broadcast(FLOATS, w[v2 + vs]);
    FloatVector w22 = FloatVector.broadcast(FLOATS, w[v2 + 2 * vs]);
    FloatVector x0 = FloatVector.fromArray(FLOATS, a, a0);
    FloatVector x1 = FloatVector.fromArray(FLOATS, b, b0);
    FloatVector x2 = FloatVector.fromArray(FLOATS, c, c0);
    FloatVector last = FloatVector.fromArray(FLOATS, y, p);
    last = x2.fma(w21, x1.fma(w11, x0.fma(w01, last)));
    if (count == LENGTH) {
      last.intoArray(y, p);
      return;
    }
    FloatVector next = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    next = x2.fma(w20, x1.fma(w10, x0.fma(w00, next)));
    for (int i = LENGTH; i < count - LENGTH; i += LENGTH) {
      x0 = FloatVector.fromArray(FLOATS, a, a0 + i);
      x1 = FloatVector.fromArray(FLOATS, b, b0 + i);
      x2 = FloatVector.fromArray(FLOATS, c, c0 + i);
      x2.fma(w22, x1.fma(w12, x0.fma(w02, last))).intoArray(y, p + i - LENGTH);
      last = x2.fma(w21, x1.fma(w11, x0.fma(w01, next)));
      next = FloatVector.fromArray(FLOATS, y, p + i + LENGTH);
      next = x2.fma(w20, x1.fma(w10, x0.fma(w00, next)));
    }
    int end = count - LENGTH;
    x0 = FloatVector.fromArray(FLOATS, a, a0 + end);
    x1 = FloatVector.fromArray(FLOATS, b, b0 + end);
    x2 = FloatVector.fromArray(FLOATS, c, c0 + end);
    x2.fma(w22, x1.fma(w12, x0.fma(w02, last))).intoArray(y, p + end - LENGTH);
    x2.fma(w21, x1.fma(w11, x0.fma(w01, next))).intoArray(y, p + end);
  }

  /**
   * Adds the products of a row to the sums of the taps, lane by lane: {@code s_k[n] += sum over i
   * of x_k[i + n - 1] d[i]}.
   *
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
      int count,
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
    FloatVector before = FloatVector.zero(FLOATS);
    FloatVector here = FloatVector.fromArray(FLOATS, d, o);
    for (int i = LENGTH; i < count; i += LENGTH) {
      FloatVector after = FloatVector.fromArray(FLOATS, d, o + i);
      FloatVector x0 = FloatVector.fromArray(FLOATS, a, a0 + i - LENGTH);
      s00 = x0.fma(after, s00);
      s01 = x0.fma(here, s01);
      s02 = x0.fma(before, s02);
      FloatVector x1 = FloatVector.fromArray(FLOATS, b, b0 + i - LENGTH);
      s10 = x1.fma(after, s10);
      s11 = x1.fma(here, s11);
      s12 = x1.fma(before, s12);
      FloatVector x2 = FloatVector.fromArray(FLOATS, c, c0 + i - LENGTH);
      s20 = x2.fma(after, s20);
      s21 = x2.fma(here, s21);
      s22 = x2.fma(before, s22);
      before = here;
      here = after;
    }
    FloatVector x0 = FloatVector.fromArray(FLOATS, a, a0 + count - LENGTH);
    FloatVector x1 = FloatVector.fromArray(FLOATS, b, b0 + count - LENGTH);
    FloatVector x2 = FloatVector.fromArray(FLOATS, c, c0 + count - LENGTH);
    s00.intoArray(sums, s);
    x0.fma(here, s01).intoArray(sums, s + LENGTH);
    x0.fma(before, s02).intoArray(sums, s + 2 * LENGTH);
    s10.intoArray(sums, s1);
    x1.fma(here, s11).intoArray(sums, s1 + LENGTH);
    x1.fma(before, s12).intoArray(sums, s1 + 2 * LENGTH);
    s20.intoArray(sums, s2);
    x2.fma(here, s21).intoArray(sums, s2 + LENGTH);
    x2.fma(before, s22).intoArray(sums, s2 + 2 * LENGTH);
  }
}
