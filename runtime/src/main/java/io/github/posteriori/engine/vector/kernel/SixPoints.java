package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * Transforms of Winograd's algorithm with six points, in one direction: {@code B'} and {@code A'},
 * on the way back {@code A} and {@code G'}. Each call takes {@code count} registers of each run,
 * {@code fromNext} and {@code toNext} apart.
 */
public final class SixPoints {
  /** The finite points; the last one is infinity. */
  public static final double[] FINITE = {0, 1, -1, 2, -2};

  private SixPoints() {}

  /**
   * Computes {@code B' d}. Row p of B' holds the coefficients of the product of (a - a_q) over all
   * finite q but p, the last those of the product over all:
   *
   * <pre>
   *    0     4 d_0 - 5 d_2 + d_4
   *    1     (d_4 - 4 d_2) + (d_3 - 4 d_1)        -1     the same, subtracted
   *    2     (d_4 - d_2) + 2 (d_3 - d_1)          -2     the same, subtracted
   *   inf    4 d_1 - 5 d_3 + d_5
   * </pre>
   *
   * @param x six runs, each {@code step} on
   * @param y gets six, each {@code next} on
   */
  public static void points(
      float[] x,
      int from,
      int step,
      int fromNext,
      float[] y,
      int to,
      int next,
      int toNext,
      int count) {
    int step2 = 2 * step;
    int step3 = 3 * step;
    int step4 = 4 * step;
    int step5 = 5 * step;
    int next2 = 2 * next;
    int next3 = 3 * next;
    int next4 = 4 * next;
    int next5 = 5 * next;
    FloatVector four = FloatVector.broadcast(FLOATS, 4);
    FloatVector minusFour = FloatVector.broadcast(FLOATS, -4);
    FloatVector minusFive = FloatVector.broadcast(FLOATS, -5);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector minusTwo = FloatVector.broadcast(FLOATS, -2);
    for (int i = 0, a = from, b = to; i < count; i++, a += fromNext, b += toNext) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, a);
      FloatVector d1 = FloatVector.fromArray(FLOATS, x, a + step);
      FloatVector d2 = FloatVector.fromArray(FLOATS, x, a + step2);
      FloatVector d3 = FloatVector.fromArray(FLOATS, x, a + step3);
      FloatVector d4 = FloatVector.fromArray(FLOATS, x, a + step4);
      FloatVector d5 = FloatVector.fromArray(FLOATS, x, a + step5);
      d2.fma(minusFive, d0.fma(four, d4)).intoArray(y, b);
      d3.fma(minusFive, d1.fma(four, d5)).intoArray(y, b + next5);
      FloatVector even = d2.fma(minusFour, d4);
      FloatVector odd = d1.fma(minusFour, d3);
      even.add(odd).intoArray(y, b + next);
      even.sub(odd).intoArray(y, b + next2);
      FloatVector farEven = d4.sub(d2);
      FloatVector farOdd = d3.sub(d1);
      farOdd.fma(two, farEven).intoArray(y, b + next3);
      farOdd.fma(minusTwo, farEven).intoArray(y, b + next4);
    }
  }

  /**
   * Computes {@code A' x} for four outputs, of filters of three taps: {@code y_k} is the sum of
   * {@code a_p^k x_p} over the finite points, and for the last k of what belongs to infinity.
   *
   * @param x six runs, each {@code step} on
   * @param y gets four, each {@code next} on
   */
  public static void outputs(
      float[] x,
      int from,
      int step,
      int fromNext,
      float[] y,
      int to,
      int next,
      int toNext,
      int count) {
    int step2 = 2 * step;
    int step3 = 3 * step;
    int step4 = 4 * step;
    int step5 = 5 * step;
    int next2 = 2 * next;
    int next3 = 3 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector by8 = FloatVector.broadcast(FLOATS, 8);
    for (int i = 0, a = from, b = to; i < count; i++, a += fromNext, b += toNext) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, a + step);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, a + step2);
      FloatVector two = FloatVector.fromArray(FLOATS, x, a + step3);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, a + step4);
      FloatVector even = one.add(minusOne);
      FloatVector odd = one.sub(minusOne);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, a).add(even).add(farEven).intoArray(y, b);
      farOdd.fma(by2, odd).intoArray(y, b + next);
      farEven.fma(by4, even).intoArray(y, b + next2);
      farOdd.fma(by8, odd).add(FloatVector.fromArray(FLOATS, x, a + step5)).intoArray(y, b + next3);
    }
  }

  /**
   * Computes {@code A x} for four inputs: {@code y_p = sum over k of a_p^k x_k}, at infinity the
   * last.
   *
   * @param x four runs, each {@code step} on
   * @param y gets six, each {@code next} on
   */
  public static void values(
      float[] x,
      int from,
      int step,
      int fromNext,
      float[] y,
      int to,
      int next,
      int toNext,
      int count) {
    int step2 = 2 * step;
    int step3 = 3 * step;
    int next2 = 2 * next;
    int next3 = 3 * next;
    int next4 = 4 * next;
    int next5 = 5 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector minus2 = FloatVector.broadcast(FLOATS, -2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    for (int i = 0, a = from, b = to; i < count; i++, a += fromNext, b += toNext) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, a);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, a + step);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, a + step2);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, a + step3);
      x0.intoArray(y, b);
      x3.intoArray(y, b + next5);
      FloatVector even = x0.add(x2);
      FloatVector odd = x1.add(x3);
      even.add(odd).intoArray(y, b + next);
      even.sub(odd).intoArray(y, b + next2);
      FloatVector farEven = x2.fma(by4, x0);
      FloatVector farOdd = x3.fma(by4, x1);
      farOdd.fma(by2, farEven).intoArray(y, b + next3);
      farOdd.fma(minus2, farEven).intoArray(y, b + next4);
    }
  }

  /**
   * Computes {@code G' x} for three taps: {@code y_k} is the sum of {@code a_p^k x_p / N_p} over
   * the finite points, and for the last k of what belongs to infinity; N is 4, -6, -6, 24 and 24.
   *
   * @param x six runs, each {@code step} on
   * @param y gets three, each {@code next} on
   */
  public static void taps(
      float[] x,
      int from,
      int step,
      int fromNext,
      float[] y,
      int to,
      int next,
      int toNext,
      int count) {
    int step2 = 2 * step;
    int step3 = 3 * step;
    int step4 = 4 * step;
    int step5 = 5 * step;
    int next2 = 2 * next;
    FloatVector quarter = FloatVector.broadcast(FLOATS, 1 / 4f);
    FloatVector minusSixth = FloatVector.broadcast(FLOATS, -1 / 6f);
    FloatVector sixth = FloatVector.broadcast(FLOATS, 1 / 6f);
    FloatVector twelfth = FloatVector.broadcast(FLOATS, 1 / 12f);
    FloatVector byTwentyFour = FloatVector.broadcast(FLOATS, 1 / 24f);
    for (int i = 0, a = from, b = to; i < count; i++, a += fromNext, b += toNext) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, a + step);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, a + step2);
      FloatVector two = FloatVector.fromArray(FLOATS, x, a + step3);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, a + step4);
      FloatVector even = one.add(minusOne).mul(minusSixth);
      FloatVector odd = one.sub(minusOne).mul(minusSixth);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, a)
          .fma(quarter, farEven.fma(byTwentyFour, even))
          .intoArray(y, b);
      farOdd.fma(twelfth, odd).intoArray(y, b + next);
      farEven
          .fma(sixth, even)
          .add(FloatVector.fromArray(FLOATS, x, a + step5))
          .intoArray(y, b + next2);
    }
  }
}
