package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Transforms of Winograd's algorithm with six points, in one direction: {@code B'} and {@code A'},
 * on the way back {@code A} and {@code G'}. Each call takes {@code count} registers that lie side
 * by side in each run, unless it says otherwise. The loops count by registers and reach everything
 * by constant multiples of their index, so that the JVM's compiler checks ranges once for the loop.
 */
public final class SixPoints {
  /** The finite points; the last one is infinity. */
  public static final double[] FINITE = {0, 1, -1, 2, -2};

  /** Floats from one channel to the next between the directions: two patches' columns, and room. */
  public static final int RUN = 16 * LENGTH;

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
  public static void points(float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    int to4 = to + 4 * next;
    int to5 = to + 5 * next;
    FloatVector four = FloatVector.broadcast(FLOATS, 4);
    FloatVector minusFour = FloatVector.broadcast(FLOATS, -4);
    FloatVector minusFive = FloatVector.broadcast(FLOATS, -5);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector minusTwo = FloatVector.broadcast(FLOATS, -2);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector d1 = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector d2 = FloatVector.fromArray(FLOATS, x, from2 + i);
      FloatVector d3 = FloatVector.fromArray(FLOATS, x, from3 + i);
      FloatVector d4 = FloatVector.fromArray(FLOATS, x, from4 + i);
      FloatVector d5 = FloatVector.fromArray(FLOATS, x, from5 + i);
      d2.fma(minusFive, d0.fma(four, d4)).intoArray(y, to + i);
      d3.fma(minusFive, d1.fma(four, d5)).intoArray(y, to5 + i);
      FloatVector even = d2.fma(minusFour, d4);
      FloatVector odd = d1.fma(minusFour, d3);
      even.add(odd).intoArray(y, to1 + i);
      even.sub(odd).intoArray(y, to2 + i);
      FloatVector farEven = d4.sub(d2);
      FloatVector farOdd = d3.sub(d1);
      farOdd.fma(two, farEven).intoArray(y, to3 + i);
      farOdd.fma(minusTwo, farEven).intoArray(y, to4 + i);
    }
  }

  /**
   * Computes {@link #points} of {@code count} channels, which lie {@link #RUN} floats apart in x
   * and {@link PanelGemm#PANEL} in y.
   */
  public static void pointsToPanels(
      float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    int to4 = to + 4 * next;
    int to5 = to + 5 * next;
    FloatVector four = FloatVector.broadcast(FLOATS, 4);
    FloatVector minusFour = FloatVector.broadcast(FLOATS, -4);
    FloatVector minusFive = FloatVector.broadcast(FLOATS, -5);
    FloatVector two = FloatVector.broadcast(FLOATS, 2);
    FloatVector minusTwo = FloatVector.broadcast(FLOATS, -2);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector d0 = FloatVector.fromArray(FLOATS, x, from + 16 * i);
      FloatVector d1 = FloatVector.fromArray(FLOATS, x, from1 + 16 * i);
      FloatVector d2 = FloatVector.fromArray(FLOATS, x, from2 + 16 * i);
      FloatVector d3 = FloatVector.fromArray(FLOATS, x, from3 + 16 * i);
      FloatVector d4 = FloatVector.fromArray(FLOATS, x, from4 + 16 * i);
      FloatVector d5 = FloatVector.fromArray(FLOATS, x, from5 + 16 * i);
      d2.fma(minusFive, d0.fma(four, d4)).intoArray(y, to + 2 * i);
      d3.fma(minusFive, d1.fma(four, d5)).intoArray(y, to5 + 2 * i);
      FloatVector even = d2.fma(minusFour, d4);
      FloatVector odd = d1.fma(minusFour, d3);
      even.add(odd).intoArray(y, to1 + 2 * i);
      even.sub(odd).intoArray(y, to2 + 2 * i);
      FloatVector farEven = d4.sub(d2);
      FloatVector farOdd = d3.sub(d1);
      farOdd.fma(two, farEven).intoArray(y, to3 + 2 * i);
      farOdd.fma(minusTwo, farEven).intoArray(y, to4 + 2 * i);
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
      float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector by8 = FloatVector.broadcast(FLOATS, 8);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, from2 + i);
      FloatVector two = FloatVector.fromArray(FLOATS, x, from3 + i);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, from4 + i);
      FloatVector even = one.add(minusOne);
      FloatVector odd = one.sub(minusOne);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, from + i).add(even).add(farEven).intoArray(y, to + i);
      farOdd.fma(by2, odd).intoArray(y, to1 + i);
      farEven.fma(by4, even).intoArray(y, to2 + i);
      farOdd.fma(by8, odd).add(FloatVector.fromArray(FLOATS, x, from5 + i)).intoArray(y, to3 + i);
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
    int next2 = 2 * next;
    int next3 = 3 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    FloatVector by8 = FloatVector.broadcast(FLOATS, 8);
    for (int i = 0, b = to; i < count * LENGTH; i += LENGTH, b += toNext) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, from1 + 2 * i);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, from2 + 2 * i);
      FloatVector two = FloatVector.fromArray(FLOATS, x, from3 + 2 * i);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, from4 + 2 * i);
      FloatVector even = one.add(minusOne);
      FloatVector odd = one.sub(minusOne);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, from + 2 * i).add(even).add(farEven).intoArray(y, b);
      farOdd.fma(by2, odd).intoArray(y, b + next);
      farEven.fma(by4, even).intoArray(y, b + next2);
      farOdd
          .fma(by8, odd)
          .add(FloatVector.fromArray(FLOATS, x, from5 + 2 * i))
          .intoArray(y, b + next3);
    }
  }

  /**
   * Computes {@code A x} for four inputs: {@code y_p = sum over k of a_p^k x_k}, at infinity the
   * last.
   *
   * @param x four runs, each {@code step} on
   * @param y gets six, each {@code next} on
   */
  public static void values(float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    int to3 = to + 3 * next;
    int to4 = to + 4 * next;
    int to5 = to + 5 * next;
    FloatVector by2 = FloatVector.broadcast(FLOATS, 2);
    FloatVector minus2 = FloatVector.broadcast(FLOATS, -2);
    FloatVector by4 = FloatVector.broadcast(FLOATS, 4);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector x1 = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector x2 = FloatVector.fromArray(FLOATS, x, from2 + i);
      FloatVector x3 = FloatVector.fromArray(FLOATS, x, from3 + i);
      x0.intoArray(y, to + i);
      x3.intoArray(y, to5 + i);
      FloatVector even = x0.add(x2);
      FloatVector odd = x1.add(x3);
      even.add(odd).intoArray(y, to1 + i);
      even.sub(odd).intoArray(y, to2 + i);
      FloatVector farEven = x2.fma(by4, x0);
      FloatVector farOdd = x3.fma(by4, x1);
      farOdd.fma(by2, farEven).intoArray(y, to3 + i);
      farOdd.fma(minus2, farEven).intoArray(y, to4 + i);
    }
  }

  /**
   * Computes {@code G' x} for three taps: {@code y_k} is the sum of {@code a_p^k x_p / N_p} over
   * the finite points, and for the last k of what belongs to infinity; N is 4, -6, -6, 24 and 24.
   *
   * @param x six runs, each {@code step} on
   * @param y gets three, each {@code next} on
   */
  public static void taps(float[] x, int from, int step, float[] y, int to, int next, int count) {
    int from1 = from + step;
    int from2 = from + 2 * step;
    int from3 = from + 3 * step;
    int from4 = from + 4 * step;
    int from5 = from + 5 * step;
    int to1 = to + next;
    int to2 = to + 2 * next;
    FloatVector quarter = FloatVector.broadcast(FLOATS, 1 / 4f);
    FloatVector minusSixth = FloatVector.broadcast(FLOATS, -1 / 6f);
    FloatVector sixth = FloatVector.broadcast(FLOATS, 1 / 6f);
    FloatVector twelfth = FloatVector.broadcast(FLOATS, 1 / 12f);
    FloatVector byTwentyFour = FloatVector.broadcast(FLOATS, 1 / 24f);
    for (int i = 0; i < count * LENGTH; i += LENGTH) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, from1 + i);
      FloatVector minusOne = FloatVector.fromArray(FLOATS, x, from2 + i);
      FloatVector two = FloatVector.fromArray(FLOATS, x, from3 + i);
      FloatVector minusTwo = FloatVector.fromArray(FLOATS, x, from4 + i);
      FloatVector even = one.add(minusOne).mul(minusSixth);
      FloatVector odd = one.sub(minusOne).mul(minusSixth);
      FloatVector farEven = two.add(minusTwo);
      FloatVector farOdd = two.sub(minusTwo);
      FloatVector.fromArray(FLOATS, x, from + i)
          .fma(quarter, farEven.fma(byTwentyFour, even))
          .intoArray(y, to + i);
      farOdd.fma(twelfth, odd).intoArray(y, to1 + i);
      farEven
          .fma(sixth, even)
          .add(FloatVector.fromArray(FLOATS, x, from5 + i))
          .intoArray(y, to2 + i);
    }
  }
}
