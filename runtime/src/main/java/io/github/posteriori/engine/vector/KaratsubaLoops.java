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
 * dy)}. Counts are multiples of a register's length.
 */
final class KaratsubaLoops {
  /** Of four quadrants or nine blocks in one direction. */
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
   * {@code (V x V) h}: from nine blocks of weights to nine parts, {@code step} apart.
   *
   * @param blocks where the blocks are in h
   */
  static void weights(float[] h, int[] blocks, float[] parts, int at, int step, int count) {
    int h00 = blocks[0];
    int h01 = blocks[1];
    int h02 = blocks[2];
    int h10 = blocks[3];
    int h11 = blocks[4];
    int h12 = blocks[5];
    int h20 = blocks[6];
    int h21 = blocks[7];
    int h22 = blocks[8];
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector m0 = FloatVector.fromArray(FLOATS, h, h10 + i);
      FloatVector m1 = FloatVector.fromArray(FLOATS, h, h11 + i);
      FloatVector m2 = FloatVector.fromArray(FLOATS, h, h12 + i);
      FloatVector u0 = FloatVector.fromArray(FLOATS, h, h00 + i).sub(m0);
      FloatVector u1 = FloatVector.fromArray(FLOATS, h, h01 + i).sub(m1);
      FloatVector u2 = FloatVector.fromArray(FLOATS, h, h02 + i).sub(m2);
      FloatVector l0 = FloatVector.fromArray(FLOATS, h, h20 + i).sub(m0);
      FloatVector l1 = FloatVector.fromArray(FLOATS, h, h21 + i).sub(m1);
      FloatVector l2 = FloatVector.fromArray(FLOATS, h, h22 + i).sub(m2);
      int to = at + i;
      m1.intoArray(parts, to);
      m0.sub(m1).intoArray(parts, to + step);
      m2.sub(m1).intoArray(parts, to + 2 * step);
      u1.intoArray(parts, to + 3 * step);
      u0.sub(u1).intoArray(parts, to + 4 * step);
      u2.sub(u1).intoArray(parts, to + 5 * step);
      l1.intoArray(parts, to + 6 * step);
      l0.sub(l1).intoArray(parts, to + 7 * step);
      l2.sub(l1).intoArray(parts, to + 8 * step);
    }
  }

  /** {@code h += (V' x V') parts}, block by block. */
  static void addGradient(float[] parts, int at, int step, float[] h, int[] blocks, int count) {
    int h00 = blocks[0];
    int h01 = blocks[1];
    int h02 = blocks[2];
    int h10 = blocks[3];
    int h11 = blocks[4];
    int h12 = blocks[5];
    int h20 = blocks[6];
    int h21 = blocks[7];
    int h22 = blocks[8];
    for (int i = 0; i < count; i += LENGTH) {
      int from = at + i;
      FloatVector u0 = FloatVector.fromArray(FLOATS, parts, from + 4 * step);
      FloatVector u2 = FloatVector.fromArray(FLOATS, parts, from + 5 * step);
      FloatVector u1 = FloatVector.fromArray(FLOATS, parts, from + 3 * step).sub(u0).sub(u2);
      FloatVector l0 = FloatVector.fromArray(FLOATS, parts, from + 7 * step);
      FloatVector l2 = FloatVector.fromArray(FLOATS, parts, from + 8 * step);
      FloatVector l1 = FloatVector.fromArray(FLOATS, parts, from + 6 * step).sub(l0).sub(l2);
      FloatVector m0 = FloatVector.fromArray(FLOATS, parts, from + step);
      FloatVector m2 = FloatVector.fromArray(FLOATS, parts, from + 2 * step);
      FloatVector m1 = FloatVector.fromArray(FLOATS, parts, from).sub(m0).sub(m2);
      FloatVector.fromArray(FLOATS, h, h00 + i).add(u0).intoArray(h, h00 + i);
      FloatVector.fromArray(FLOATS, h, h01 + i).add(u1).intoArray(h, h01 + i);
      FloatVector.fromArray(FLOATS, h, h02 + i).add(u2).intoArray(h, h02 + i);
      FloatVector.fromArray(FLOATS, h, h10 + i).add(m0).sub(u0).sub(l0).intoArray(h, h10 + i);
      FloatVector.fromArray(FLOATS, h, h11 + i).add(m1).sub(u1).sub(l1).intoArray(h, h11 + i);
      FloatVector.fromArray(FLOATS, h, h12 + i).add(m2).sub(u2).sub(l2).intoArray(h, h12 + i);
      FloatVector.fromArray(FLOATS, h, h20 + i).add(l0).intoArray(h, h20 + i);
      FloatVector.fromArray(FLOATS, h, h21 + i).add(l1).intoArray(h, h21 + i);
      FloatVector.fromArray(FLOATS, h, h22 + i).add(l2).intoArray(h, h22 + i);
    }
  }
}
