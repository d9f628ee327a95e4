package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Transforms of the Winograd and Toom-Cook algorithms with seven points, in one direction, on runs
 * of numbers: {@code B'}, {@code A}, {@code A'} and {@code G'}. Counts are multiples of a
 * register's length.
 */
public final class SevenPoints {
  /**
   * The finite points; the last one is infinity. Of those tried they round least: in sums of 800
   * terms outputs are off by some four times as much as the direct way's, and by no more than those
   * where no term is negative.
   */
  public static final double[] FINITE = {0, 1, -1, 2, -2, -0.5};

  private SevenPoints() {}

  /**
   * Returns the factors of the value at a point in the seven coefficients of a polynomial: the
   * coefficients of the product of {@code (t - a_q) / (a_p - a_q)} over the other finite points,
   * which is 1 at {@code a_p} and 0 at these; at infinity those of the product of all {@code (t -
   * a_q)}.
   */
  public static double[] interpolation(int p) {
    double[] coefficients = new double[FINITE.length + 1];
    coefficients[0] = 1;
    for (int q = 0; q < FINITE.length; q++) {
      if (q != p) {
        double norm = p < FINITE.length ? FINITE[p] - FINITE[q] : 1;
        for (int k = FINITE.length; k >= 0; k--) {
          double lower = k == 0 ? 0 : coefficients[k - 1];
          coefficients[k] = (lower - FINITE[q] * coefficients[k]) / norm;
        }
      }
    }
    return coefficients;
  }

  /**
   * Computes {@code B' d}. Row p of B' holds the coefficients of the product of (a - a_q) over all
   * q but p, the last those of the product over all. With {@code e_i = d_i+1 + d_i / 2}, which
   * takes in the factor of the point -1/2,
   *
   * <pre>
   *    0     4 e_0 - 5 e_2 + e_4
   *    1     (e_4 - 4 e_2) + (e_3 - 4 e_1)        -1     the same, subtracted
   *    2     (e_4 - e_2) + 2 (e_3 - e_1)          -2     the same, subtracted
   *   -1/2   4 d_1 - 5 d_3 + d_5
   *   inf    4 e_1 - 5 e_3 + e_5
   * </pre>
   *
   * @param x seven runs, each {@code step} on, of which {@code count} registers are taken
   * @param y gets seven, each {@code next} on
   */
  public static void points(float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int from6 = from + 6 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    int to4 = to + 4 * next;
    int to5 = to + 5 * next;
    int to6 = to + 6 * next;
    FloatVector four = FloatVector.broadcast(FLOATS, 4);
    FloatVector minusFour = FloatVector.broadcast(FLOATS, -4);
    FloatVector minusFive = FloatVector.broadcast(FLOATS, -5);
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector minusTwo = FloatVector.broadcast(FLOATS, -2);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector d1 = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector d2 = FloatVector.fromArray(FLOATS, x, from2 + i);
      FloatVector d3 = FloatVector.fromArray(FLOATS, x, from3 + i);
      FloatVector d4 = FloatVector.fromArray(FLOATS, x, from4 + i);
      FloatVector d5 = FloatVector.fromArray(FLOATS, x, from5 + i);
      FloatVector d6 = FloatVector.fromArray(FLOATS, x, from6 + i);
      d3.fma(minusFive, d1.fma(four, d5)).intoArray(y, to5 + i);
      FloatVector e0 = d0.fma(half, d1);
      FloatVector e1 = d1.fma(half, d2);
      FloatVector e2 = d2.fma(half, d3);
      FloatVector e3 = d3.fma(half, d4);
      FloatVector e4 = d4.fma(half, d5);
      FloatVector e5 = d5.fma(half, d6);
      e3.fma(minusFive, e1.fma(four, e5)).intoArray(y, to6 + i);
      e2.fma(minusFive, e0.fma(four, e4)).intoArray(y, to + i);
      FloatVector even = e2.fma(minusFour, e4);
      FloatVector odd = e1.fma(minusFour, e3);
      even.add(odd).intoArray(y, to1 + i);
      even.sub(odd).intoArray(y, to2 + i);
      FloatVector farEven = e4.sub(e2);
      FloatVector farOdd = e3.sub(e1);
      farOdd.fma(two, farEven).intoArray(y, to3 + i);
      farOdd.fma(minusTwo, farEven).intoArray(y, to4 + i);
    }
  }

  /**
   * Computes {@link #points} of {@code count} channels, which lie {@link SixPoints#RUN} floats
   * apart in x and {@link PanelGemm#PANEL} in y.
   */
  public static void pointsToPanels(
      float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int from6 = from + 6 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    int to4 = to + 4 * next;
    int to5 = to + 5 * next;
    int to6 = to + 6 * next;
    FloatVector four = FloatVector.broadcast(FLOATS, 4);
    FloatVector minusFour = FloatVector.broadcast(FLOATS, -4);
    FloatVector minusFive = FloatVector.broadcast(FLOATS, -5);
    FloatVector half = FloatVector.broadcast(FLOATS, 0.5f);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector minusTwo = FloatVector.broadcast(FLOATS, -2);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, from + 16 * i);
      FloatVector d1 = FloatVector.fromArray(FLOATS, x, from1 + 16 * i);
      FloatVector d2 = FloatVector.fromArray(FLOATS, x, from2 + 16 * i);
      FloatVector d3 = FloatVector.fromArray(FLOATS, x, from3 + 16 * i);
      FloatVector d4 = FloatVector.fromArray(FLOATS, x, from4 + 16 * i);
      FloatVector d5 = FloatVector.fromArray(FLOATS, x, from5 + 16 * i);
      FloatVector d6 = FloatVector.fromArray(FLOATS, x, from6 + 16 * i);
      d3.fma(minusFive, d1.fma(four, d5)).intoArray(y, to5 + 2 * i);
      FloatVector e0 = d0.fma(half, d1);
      FloatVector e1 = d1.fma(half, d2);
      FloatVector e2 = d2.fma(half, d3);
      FloatVector e3 = d3.fma(half, d4);
      FloatVector e4 = d4.fma(half, d5);
      FloatVector e5 = d5.fma(half, d6);
      e3.fma(minusFive, e1.fma(four, e5)).intoArray(y, to6 + 2 * i);
      e2.fma(minusFive, e0.fma(four, e4)).intoArray(y, to + 2 * i);
      FloatVector even = e2.fma(minusFour, e4);
      FloatVector odd = e1.fma(minusFour, e3);
      even.add(odd).intoArray(y, to1 + 2 * i);
      even.sub(odd).intoArray(y, to2 + 2 * i);
      FloatVector farEven = e4.sub(e2);
      FloatVector farOdd = e3.sub(e1);
      farOdd.fma(two, farEven).intoArray(y, to3 + 2 * i);
      farOdd.fma(minusTwo, farEven).intoArray(y, to4 + 2 * i);
    }
  }

  /**
   * Computes {@code A' x} for three outputs, of filters of five taps: {@code y_k} is the sum of
   * {@code a_p^k x_p} over the finite points, and for the last k of what belongs to infinity. With
   * 1 and 2 go -1 and -2, whose odd powers are negative.
   *
   * @param x seven runs, as {@link #points} reads them
   * @param y gets three, each {@code next} on
   */
  public static void outputs(
      float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int from6 = from + 6 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector half = FloatVector.broadcast(FLOATS, -0.5f);
    FloatVector half2 = FloatVector.broadcast(FLOATS, 0.25f);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, from2 + i);
      FloatVector two = FloatVector.fromArray(FLOATS, x, from3 + i);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, from4 + i);
      FloatVector last = FloatVector.fromArray(FLOATS, x, from5 + i);
      FloatVector even = one.add(minusOne);
      FloatVector odd = one.sub(minusOne);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, from + i)
          .add(even)
          .add(farEven)
          .add(last)
          .intoArray(y, to + i);
      last.fma(half, farOdd.fma(by2, odd)).intoArray(y, to1 + i);
      last.fma(half2, farEven.fma(by4, even))
          .add(FloatVector.fromArray(FLOATS, x, from6 + i))
          .intoArray(y, to2 + i);
    }
  }

  /**
   * Computes {@link #outputs} of {@code count} channels, which lie {@link PanelGemm#PANEL} floats
   * apart in x and {@code toNext} in y.
   */
  public static void outputsOfPanels(
      float[] x, int from, int step, float[] y, int to, int next, int toNext, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int from6 = from + 6 * step;
    int next2 = 2 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector half = FloatVector.broadcast(FLOATS, -0.5f);
    FloatVector half2 = FloatVector.broadcast(FLOATS, 0.25f);
    for (int i = 0, b = to; i < count * LENGTH; i += LENGTH, b += toNext) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, from1 + 2 * i);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, from2 + 2 * i);
      FloatVector two = FloatVector.fromArray(FLOATS, x, from3 + 2 * i);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, from4 + 2 * i);
      FloatVector last = FloatVector.fromArray(FLOATS, x, from5 + 2 * i);
      FloatVector even = one.add(minusOne);
      FloatVector odd = one.sub(minusOne);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, from + 2 * i)
          .add(even)
          .add(farEven)
          .add(last)
          .intoArray(y, b);
      last.fma(half, farOdd.fma(by2, odd)).intoArray(y, b + next);
      last.fma(half2, farEven.fma(by4, even))
          .add(FloatVector.fromArray(FLOATS, x, from6 + 2 * i))
          .intoArray(y, b + next2);
    }
  }

  /** Computes as {@link #outputs}, but four outputs, at a, b, c and d. */
  public static void four(
      float[] x, int from, int step, float[] y, int a, int b, int c, int d, int count) {
    int from1 = from + step;
    int from2 = from1 + step;
    int from3 = from2 + step;
    int from4 = from3 + step;
    int from5 = from4 + step;
    int from6 = from5 + step;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector by8 = FloatVector.broadcast(FLOATS, 8);
    FloatVector half = FloatVector.broadcast(FLOATS, -0.5f);
    FloatVector half2 = FloatVector.broadcast(FLOATS, 0.25f);
    FloatVector half3 = FloatVector.broadcast(FLOATS, -0.125f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, from2 + i);
      FloatVector two = FloatVector.fromArray(FLOATS, x, from3 + i);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, from4 + i);
      FloatVector last = FloatVector.fromArray(FLOATS, x, from5 + i);
      FloatVector even = one.add(minusOne);
      FloatVector odd = one.sub(minusOne);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, from + i)
          .add(even)
          .add(farEven)
          .add(last)
          .intoArray(y, a + i);
      last.fma(half, farOdd.fma(by2, odd)).intoArray(y, b + i);
      last.fma(half2, farEven.fma(by4, even)).intoArray(y, c + i);
      last.fma(half3, farOdd.fma(by8, odd))
          .add(FloatVector.fromArray(FLOATS, x, from6 + i))
          .intoArray(y, d + i);
    }
  }

  /**
   * Computes {@code A x} for four inputs, at a, b, c and d: {@code y_p = sum over k of a_p^k x_k}.
   */
  public static void values(
      float[] x, int a, int b, int c, int d, float[] y, int to, int next, int count) {
    System.arraycopy(x, a, y, to, count);
    sums(x, a, b, c, d, y, to + next, next, count);
    System.arraycopy(x, d, y, to + 6 * next, count);
  }

  /** Computes {@link #values} without the first and the last, which are inputs. */
  public static void sums(
      float[] x, int a, int b, int c, int d, float[] y, int to, int next, int count) {
    int to1 = to + next;
    int to2 = to1 + next;
    int to3 = to2 + next;
    int to4 = to3 + next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector minus2 = FloatVector.broadcast(FLOATS, -2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector half = FloatVector.broadcast(FLOATS, -0.5f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, a + i);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, b + i);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, c + i);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, d + i);
      FloatVector even = x0.add(x2);
      FloatVector odd = x1.add(x3);
      even.add(odd).intoArray(y, to + i);
      even.sub(odd).intoArray(y, to1 + i);
      FloatVector farEven = x2.fma(by4, x0);
      FloatVector farOdd = x3.fma(by4, x1);
      farOdd.fma(by2, farEven).intoArray(y, to2 + i);
      farOdd.fma(minus2, farEven).intoArray(y, to3 + i);
      x3.fma(half, x2).fma(half, x1).fma(half, x0).intoArray(y, to4 + i);
    }
  }

  /**
   * Computes {@code A x} for three inputs: {@code y_p = sum over k of a_p^k x_k}, at infinity the
   * last.
   *
   * @param x three runs, each {@code step} on, of which {@code count} registers are taken
   * @param y gets seven, each {@code next} on
   */
  public static void values(float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    int to4 = to + 4 * next;
    int to5 = to + 5 * next;
    int to6 = to + 6 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector minus2 = FloatVector.broadcast(FLOATS, -2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector half = FloatVector.broadcast(FLOATS, -0.5f);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, from2 + i);
      x0.intoArray(y, to + i);
      x2.intoArray(y, to6 + i);
      FloatVector even = x0.add(x2);
      even.add(x1).intoArray(y, to1 + i);
      even.sub(x1).intoArray(y, to2 + i);
      FloatVector farEven = x2.fma(by4, x0);
      x1.fma(by2, farEven).intoArray(y, to3 + i);
      x1.fma(minus2, farEven).intoArray(y, to4 + i);
      x2.fma(half, x1).fma(half, x0).intoArray(y, to5 + i);
    }
  }

  /**
   * Computes {@code G' x} for five taps: {@code y_k} is the sum of {@code a_p^k x_p / N_p} over the
   * finite points, and for the last k of what belongs to infinity; N is 2, -9, 3, 60, -36 and
   * -45/32.
   *
   * @param x seven runs, each {@code step} on
   * @param y gets five, each {@code next} on
   */
  public static void taps(float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int from6 = from + 6 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    int to4 = to + 4 * next;
    FloatVector byZero = FloatVector.broadcast(FLOATS, 1 / 2f);
    FloatVector byOne = FloatVector.broadcast(FLOATS, -1 / 9f);
    FloatVector byMinusOne = FloatVector.broadcast(FLOATS, 1 / 3f);
    FloatVector byTwo = FloatVector.broadcast(FLOATS, 1 / 60f);
    FloatVector byMinusTwo = FloatVector.broadcast(FLOATS, -1 / 36f);
    FloatVector byHalf = FloatVector.broadcast(FLOATS, -32 / 45f);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector four = FloatVector.broadcast(FLOATS, 4);
    FloatVector eight = FloatVector.broadcast(FLOATS, 8);
    FloatVector sixteen = FloatVector.broadcast(FLOATS, 16);
    FloatVector half = FloatVector.broadcast(FLOATS, -1 / 2f);
    FloatVector half2 = FloatVector.broadcast(FLOATS, 1 / 4f);
    FloatVector half3 = FloatVector.broadcast(FLOATS, -1 / 8f);
    FloatVector half4 = FloatVector.broadcast(FLOATS, 1 / 16f);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, from1 + i).mul(byOne);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, from2 + i).mul(byMinusOne);
      FloatVector far = FloatVector.fromArray(FLOATS, x, from3 + i).mul(byTwo);
      FloatVector minusFar = FloatVector.fromArray(FLOATS, x, from4 + i).mul(byMinusTwo);
      FloatVector last = FloatVector.fromArray(FLOATS, x, from5 + i).mul(byHalf);
      FloatVector even = one.add(minusOne);
      FloatVector odd = one.sub(minusOne);
      FloatVector farEven = far.add(minusFar);
      FloatVector farOdd = far.sub(minusFar);
      FloatVector.fromArray(FLOATS, x, from + i)
          .fma(byZero, even.add(farEven).add(last))
          .intoArray(y, to + i);
      last.fma(half, farOdd.fma(two, odd)).intoArray(y, to1 + i);
      last.fma(half2, farEven.fma(four, even)).intoArray(y, to2 + i);
      last.fma(half3, farOdd.fma(eight, odd)).intoArray(y, to3 + i);
      last.fma(half4, farEven.fma(sixteen, even))
          .add(FloatVector.fromArray(FLOATS, x, from6 + i))
          .intoArray(y, to4 + i);
    }
  }
}
