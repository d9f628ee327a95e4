package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Sparse axpy kernel: sums over the few outputs of a convolution that have a gradient, the argmax
 * of a max-pool. Output {@code e} of a list has the gradient {@code value[e]}, and multiplies a run
 * of neighbouring numbers that begins at {@code place[e]}, channels lying side by side in the
 * lanes: of the inputs it read for the gradient by its weights, of its weights for the gradient by
 * the inputs.
 */
public final class SparseAxpyKernel {
  /** Maximum registers of a run that one call takes. */
  private static final int MOST = 10;

  private SparseAxpyKernel() {}

  /** Returns the registers that one call takes of {@code left} ones. */
  public static int registers(int left) {
    return left >= MOST ? MOST : left >= 4 ? 4 : left >= 2 ? 2 : 1;
  }

  /**
   * Adds some registers of a run: {@code y[p ...] += sum over e of value[e] x[q + place[e] ...]}.
   */
  public static void add(
      int registers,
      int[] place,
      float[] value,
      int from,
      int to,
      float[] x,
      int q,
      float[] y,
      int p) {
    switch (registers) {
      case 10 -> addTen(place, value, from, to, x, q, y, p);
      case 4 -> addFour(place, value, from, to, x, q, y, p);
      case 2 -> addTwo(place, value, from, to, x, q, y, p);
      default -> addOne(place, value, from, to, x, q, y, p);
    }
  }

  private static void addTen(
      int[] place, float[] value, int from, int to, float[] x, int q, float[] y, int p) {
    FloatVector y0 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y1 = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    FloatVector y2 = FloatVector.fromArray(FLOATS, y, p + 2 * LENGTH);
    FloatVector y3 = FloatVector.fromArray(FLOATS, y, p + 3 * LENGTH);
    FloatVector y4 = FloatVector.fromArray(FLOATS, y, p + 4 * LENGTH);
    FloatVector y5 = FloatVector.fromArray(FLOATS, y, p + 5 * LENGTH);
    FloatVector y6 = FloatVector.fromArray(FLOATS, y, p + 6 * LENGTH);
    FloatVector y7 = FloatVector.fromArray(FLOATS, y, p + 7 * LENGTH);
    FloatVector y8 = FloatVector.fromArray(FLOATS, y, p + 8 * LENGTH);
    FloatVector y9 = FloatVector.fromArray(FLOATS, y, p + 9 * LENGTH);
    for (int e = from; e < to; e++) {
      int c = q + place[e];
      FloatVector v = FloatVector.broadcast(FLOATS, value[e]);
      y0 = FloatVector.fromArray(FLOATS, x, c).fma(v, y0);
      y1 = FloatVector.fromArray(FLOATS, x, c + LENGTH).fma(v, y1);
      y2 = FloatVector.fromArray(FLOATS, x, c + 2 * LENGTH).fma(v, y2);
      y3 = FloatVector.fromArray(FLOATS, x, c + 3 * LENGTH).fma(v, y3);
      y4 = FloatVector.fromArray(FLOATS, x, c + 4 * LENGTH).fma(v, y4);
      y5 = FloatVector.fromArray(FLOATS, x, c + 5 * LENGTH).fma(v, y5);
      y6 = FloatVector.fromArray(FLOATS, x, c + 6 * LENGTH).fma(v, y6);
      y7 = FloatVector.fromArray(FLOATS, x, c + 7 * LENGTH).fma(v, y7);
      y8 = FloatVector.fromArray(FLOATS, x, c + 8 * LENGTH).fma(v, y8);
      y9 = FloatVector.fromArray(FLOATS, x, c + 9 * LENGTH).fma(v, y9);
    }
    y0.intoArray(y, p);
    y1.intoArray(y, p + LENGTH);
    y2.intoArray(y, p + 2 * LENGTH);
    y3.intoArray(y, p + 3 * LENGTH);
    y4.intoArray(y, p + 4 * LENGTH);
    y5.intoArray(y, p + 5 * LENGTH);
    y6.intoArray(y, p + 6 * LENGTH);
    y7.intoArray(y, p + 7 * LENGTH);
    y8.intoArray(y, p + 8 * LENGTH);
    y9.intoArray(y, p + 9 * LENGTH);
  }

  private static void addFour(
      int[] place, float[] value, int from, int to, float[] x, int q, float[] y, int p) {
    FloatVector y0 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y1 = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    FloatVector y2 = FloatVector.fromArray(FLOATS, y, p + 2 * LENGTH);
    FloatVector y3 = FloatVector.fromArray(FLOATS, y, p + 3 * LENGTH);
    for (int e = from; e < to; e++) {
      int c = q + place[e];
      FloatVector v = FloatVector.broadcast(FLOATS, value[e]);
      y0 = FloatVector.fromArray(FLOATS, x, c).fma(v, y0);
      y1 = FloatVector.fromArray(FLOATS, x, c + LENGTH).fma(v, y1);
      y2 = FloatVector.fromArray(FLOATS, x, c + 2 * LENGTH).fma(v, y2);
      y3 = FloatVector.fromArray(FLOATS, x, c + 3 * LENGTH).fma(v, y3);
    }
    y0.intoArray(y, p);
    y1.intoArray(y, p + LENGTH);
    y2.intoArray(y, p + 2 * LENGTH);
    y3.intoArray(y, p + 3 * LENGTH);
  }

  private static void addTwo(
      int[] place, float[] value, int from, int to, float[] x, int q, float[] y, int p) {
    FloatVector y0 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y1 = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    for (int e = from; e < to; e++) {
      int c = q + place[e];
      FloatVector v = FloatVector.broadcast(FLOATS, value[e]);
      y0 = FloatVector.fromArray(FLOATS, x, c).fma(v, y0);
      y1 = FloatVector.fromArray(FLOATS, x, c + LENGTH).fma(v, y1);
    }
    y0.intoArray(y, p);
    y1.intoArray(y, p + LENGTH);
  }

  /** Adds with four accumulators: a single one would serialise on FMA latency. */
  private static void addOne(
      int[] place, float[] value, int from, int to, float[] x, int q, float[] y, int p) {
    FloatVector y0 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y1 = FloatVector.zero(FLOATS);
    FloatVector y2 = FloatVector.zero(FLOATS);
    FloatVector y3 = FloatVector.zero(FLOATS);
    int e = from;
    for (; e < to - 3; e += 4) {
      y0 =
          FloatVector.fromArray(FLOATS, x, q + place[e])
              .fma(FloatVector.broadcast(FLOATS, value[e]), y0);
      y1 =
          FloatVector.fromArray(FLOATS, x, q + place[e + 1])
              .fma(FloatVector.broadcast(FLOATS, value[e + 1]), y1);
      y2 =
          FloatVector.fromArray(FLOATS, x, q + place[e + 2])
              .fma(FloatVector.broadcast(FLOATS, value[e + 2]), y2);
      y3 =
          FloatVector.fromArray(FLOATS, x, q + place[e + 3])
              .fma(FloatVector.broadcast(FLOATS, value[e + 3]), y3);
    }
    for (; e < to; e++) {
      y0 =
          FloatVector.fromArray(FLOATS, x, q + place[e])
              .fma(FloatVector.broadcast(FLOATS, value[e]), y0);
    }
    y0.add(y1).add(y2.add(y3)).intoArray(y, p);
  }
}
