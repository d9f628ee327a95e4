package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Nine products for sixteen: one level of {@link Karatsuba} in both directions, on runs of numbers.
 *
 * <p>In one direction, with h_k the weight that ties together what lies k apart,
 *
 * <pre>
 *   y_0 = h_0 x_0 + h_1 x_1   =  h_1 (x_0 + x_1) + (h_0 - h_1) x_0
 *   y_1 = h_1 x_0 + h_2 x_1   =  h_1 (x_0 + x_1) + (h_2 - h_1) x_1
 * </pre>
 *
 * so {@code y = U' (V h * U x)} with {@code U x = (x_0 + x_1, x_0, x_1)} and {@code V h = (h_1, h_0
 * - h_1, h_2 - h_1)}. The derivatives are {@code dx = U' (V h * U dy)} and {@code dh = V' (U x * U
 * dy)}. (Karatsuba and Ofman 1962 multiply polynomials so; a convolution is the transposed problem,
 * see Winograd, Arithmetic Complexity of Computations, 1980.) Counts are multiples of a register's
 * length.
 */
final class KaratsubaLoops {
  private KaratsubaLoops() {}

  /** {@code (U x U) x}: from the quadrants at a, b, c and d to nine parts, {@code step} apart. */
  static void split(
      float[] x, int a, int b, int c, int d, float[] parts, int at, int step, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector x00 = FloatVector.fromArray(FLOATS, x, a + i);
      FloatVector x01 = FloatVector.fromArray(FLOATS, x, b + i);
      FloatVector x10 = FloatVector.fromArray(FLOATS, x, c + i);
      FloatVector x11 = FloatVector.fromArray(FLOATS, x, d + i);
      int to = at + i;
      FloatVector s0 = x00.add(x10);
      FloatVector s1 = x01.add(x11);
      s0.add(s1).intoArray(parts, to);
      s0.intoArray(parts, to + step);
      s1.intoArray(parts, to + 2 * step);
      x00.add(x01).intoArray(parts, to + 3 * step);
      x00.intoArray(parts, to + 4 * step);
      x01.intoArray(parts, to + 5 * step);
      x10.add(x11).intoArray(parts, to + 6 * step);
      x10.intoArray(parts, to + 7 * step);
      x11.intoArray(parts, to + 8 * step);
    }
  }

  /**
   * As {@link #split}, only the five parts that are sums, in their order: the others are the
   * quadrants themselves.
   */
  static void sums(
      float[] x, int a, int b, int c, int d, float[] sums, int at, int step, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector x00 = FloatVector.fromArray(FLOATS, x, a + i);
      FloatVector x01 = FloatVector.fromArray(FLOATS, x, b + i);
      FloatVector x10 = FloatVector.fromArray(FLOATS, x, c + i);
      FloatVector x11 = FloatVector.fromArray(FLOATS, x, d + i);
      int to = at + i;
      FloatVector s0 = x00.add(x10);
      FloatVector s1 = x01.add(x11);
      s0.add(s1).intoArray(sums, to);
      s0.intoArray(sums, to + step);
      s1.intoArray(sums, to + 2 * step);
      x00.add(x01).intoArray(sums, to + 3 * step);
      x10.add(x11).intoArray(sums, to + 4 * step);
    }
  }

  /** {@code (U' x U') parts}, to the quadrants at a, b, c and d. */
  static void merge(
      float[] parts, int at, int step, float[] y, int a, int b, int c, int d, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      int from = at + i;
      FloatVector first = FloatVector.fromArray(FLOATS, parts, from);
      FloatVector s0 = first.add(FloatVector.fromArray(FLOATS, parts, from + step));
      FloatVector s1 = first.add(FloatVector.fromArray(FLOATS, parts, from + 2 * step));
      FloatVector second = FloatVector.fromArray(FLOATS, parts, from + 3 * step);
      FloatVector t0 = second.add(FloatVector.fromArray(FLOATS, parts, from + 4 * step));
      FloatVector t1 = second.add(FloatVector.fromArray(FLOATS, parts, from + 5 * step));
      FloatVector third = FloatVector.fromArray(FLOATS, parts, from + 6 * step);
      FloatVector u0 = third.add(FloatVector.fromArray(FLOATS, parts, from + 7 * step));
      FloatVector u1 = third.add(FloatVector.fromArray(FLOATS, parts, from + 8 * step));
      s0.add(t0).intoArray(y, a + i);
      s1.add(t1).intoArray(y, b + i);
      s0.add(u0).intoArray(y, c + i);
      s1.add(u1).intoArray(y, d + i);
    }
  }

  /**
   * {@code (V x V) h}: from nine blocks of weights to nine parts, {@code step} apart. A row of them
   * at a time: longer loops the JVM's compiler does not always keep in registers.
   *
   * @param blocks where the blocks are in h
   */
  static void weights(float[] h, int[] blocks, float[] parts, int at, int step, int count) {
    middleWeights(h, blocks[3], blocks[4], blocks[5], parts, at, step, count);
    for (int side = 1; side <= 2; side++) {
      int row = side == 1 ? 0 : 6;
      outerWeights(
          h,
          blocks[row],
          blocks[row + 1],
          blocks[row + 2],
          blocks[3],
          blocks[4],
          blocks[5],
          parts,
          at + 3 * side * step,
          step,
          count);
    }
  }

  /** {@code V m}. */
  private static void middleWeights(
      float[] h, int m0, int m1, int m2, float[] parts, int at, int step, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector middle = FloatVector.fromArray(FLOATS, h, m1 + i);
      int to = at + i;
      middle.intoArray(parts, to);
      FloatVector.fromArray(FLOATS, h, m0 + i).sub(middle).intoArray(parts, to + step);
      FloatVector.fromArray(FLOATS, h, m2 + i).sub(middle).intoArray(parts, to + 2 * step);
    }
  }

  /** {@code V (o - m)}. */
  private static void outerWeights(
      float[] h,
      int o0,
      int o1,
      int o2,
      int m0,
      int m1,
      int m2,
      float[] parts,
      int at,
      int step,
      int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector d0 =
          FloatVector.fromArray(FLOATS, h, o0 + i).sub(FloatVector.fromArray(FLOATS, h, m0 + i));
      FloatVector d1 =
          FloatVector.fromArray(FLOATS, h, o1 + i).sub(FloatVector.fromArray(FLOATS, h, m1 + i));
      FloatVector d2 =
          FloatVector.fromArray(FLOATS, h, o2 + i).sub(FloatVector.fromArray(FLOATS, h, m2 + i));
      int to = at + i;
      d1.intoArray(parts, to);
      d0.sub(d1).intoArray(parts, to + step);
      d2.sub(d1).intoArray(parts, to + 2 * step);
    }
  }

  /** {@code h += (V' x V') parts}, block by block. */
  static void addGradient(float[] parts, int at, int step, float[] h, int[] blocks, int count) {
    addMiddle(parts, at, step, h, blocks[3], blocks[4], blocks[5], count);
    for (int side = 1; side <= 2; side++) {
      int row = side == 1 ? 0 : 6;
      addOuter(
          parts,
          at + 3 * side * step,
          step,
          h,
          blocks[row],
          blocks[row + 1],
          blocks[row + 2],
          blocks[3],
          blocks[4],
          blocks[5],
          count);
    }
  }

  /** {@code m += V' parts}. */
  private static void addMiddle(
      float[] parts, int at, int step, float[] h, int m0, int m1, int m2, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      int from = at + i;
      FloatVector d0 = FloatVector.fromArray(FLOATS, parts, from + step);
      FloatVector d2 = FloatVector.fromArray(FLOATS, parts, from + 2 * step);
      FloatVector d1 = FloatVector.fromArray(FLOATS, parts, from).sub(d0).sub(d2);
      FloatVector.fromArray(FLOATS, h, m0 + i).add(d0).intoArray(h, m0 + i);
      FloatVector.fromArray(FLOATS, h, m1 + i).add(d1).intoArray(h, m1 + i);
      FloatVector.fromArray(FLOATS, h, m2 + i).add(d2).intoArray(h, m2 + i);
    }
  }

  /** {@code o += V' parts} and {@code m -= V' parts}. */
  private static void addOuter(
      float[] parts,
      int at,
      int step,
      float[] h,
      int o0,
      int o1,
      int o2,
      int m0,
      int m1,
      int m2,
      int count) {
    for (int i = 0; i < count; i += LENGTH) {
      int from = at + i;
      FloatVector d0 = FloatVector.fromArray(FLOATS, parts, from + step);
      FloatVector d2 = FloatVector.fromArray(FLOATS, parts, from + 2 * step);
      FloatVector d1 = FloatVector.fromArray(FLOATS, parts, from).sub(d0).sub(d2);
      FloatVector.fromArray(FLOATS, h, o0 + i).add(d0).intoArray(h, o0 + i);
      FloatVector.fromArray(FLOATS, h, o1 + i).add(d1).intoArray(h, o1 + i);
      FloatVector.fromArray(FLOATS, h, o2 + i).add(d2).intoArray(h, o2 + i);
      FloatVector.fromArray(FLOATS, h, m0 + i).sub(d0).intoArray(h, m0 + i);
      FloatVector.fromArray(FLOATS, h, m1 + i).sub(d1).intoArray(h, m1 + i);
      FloatVector.fromArray(FLOATS, h, m2 + i).sub(d2).intoArray(h, m2 + i);
    }
  }
}
