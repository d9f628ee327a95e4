package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Lane-wise dot products as those of {@link LaneDotKernel}, of factors that lie register after
 * register, as those of a row do where the stride is 1. The JVM's compiler checks ranges once for
 * the whole loop.
 *
 * <pre>
 *   y[p + (4 m + n) LENGTH] += sum over t in [0, count) of
 *       d[o + m os + t LENGTH] x[x_n + t LENGTH]
 * </pre>
 */
public final class RowDotKernel {
  private RowDotKernel() {}

  /** Adds the products of four columns, of 6, 4, 2 or 1 rows. */
  public static void wide(
      int rows,
      float[] d,
      int o,
      int os,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int count,
      float[] y,
      int p) {
    switch (rows) {
      case 6 -> six(d, o, os, x, x0, x1, x2, x3, count, y, p);
      case 4 -> four(d, o, os, x, x0, x1, x2, x3, count, y, p);
      case 2 -> two(d, o, os, x, x0, x1, x2, x3, count, y, p);
      default -> one(d, o, os, x, x0, x1, x2, x3, count, y, p);
    }
  }

  /** Adds the products of one column. */
  public static void narrow(
      int rows, float[] d, int o, int os, float[] x, int x0, int count, float[] y, int p) {
    switch (rows) {
      case 6 -> six(d, o, os, x, x0, count, y, p);
      case 4 -> four(d, o, os, x, x0, count, y, p);
      case 2 -> two(d, o, os, x, x0, count, y, p);
      default -> one(d, o, os, x, x0, count, y, p);
    }
  }

  private static void six(
      float[] d,
      int o,
      int os,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int count,
      float[] y,
      int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y01 = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    FloatVector y02 = FloatVector.fromArray(FLOATS, y, p + 2 * LENGTH);
    FloatVector y03 = FloatVector.fromArray(FLOATS, y, p + 3 * LENGTH);
    FloatVector y10 = FloatVector.fromArray(FLOATS, y, p + 4 * LENGTH);
    FloatVector y11 = FloatVector.fromArray(FLOATS, y, p + 5 * LENGTH);
    FloatVector y12 = FloatVector.fromArray(FLOATS, y, p + 6 * LENGTH);
    FloatVector y13 = FloatVector.fromArray(FLOATS, y, p + 7 * LENGTH);
    FloatVector y20 = FloatVector.fromArray(FLOATS, y, p + 8 * LENGTH);
    FloatVector y21 = FloatVector.fromArray(FLOATS, y, p + 9 * LENGTH);
    FloatVector y22 = FloatVector.fromArray(FLOATS, y, p + 10 * LENGTH);
    FloatVector y23 = FloatVector.fromArray(FLOATS, y, p + 11 * LENGTH);
    FloatVector y30 = FloatVector.fromArray(FLOATS, y, p + 12 * LENGTH);
    FloatVector y31 = FloatVector.fromArray(FLOATS, y, p + 13 * LENGTH);
    FloatVector y32 = FloatVector.fromArray(FLOATS, y, p + 14 * LENGTH);
    FloatVector y33 = FloatVector.fromArray(FLOATS, y, p + 15 * LENGTH);
    FloatVector y40 = FloatVector.fromArray(FLOATS, y, p + 16 * LENGTH);
    FloatVector y41 = FloatVector.fromArray(FLOATS, y, p + 17 * LENGTH);
    FloatVector y42 = FloatVector.fromArray(FLOATS, y, p + 18 * LENGTH);
    FloatVector y43 = FloatVector.fromArray(FLOATS, y, p + 19 * LENGTH);
    FloatVector y50 = FloatVector.fromArray(FLOATS, y, p + 20 * LENGTH);
    FloatVector y51 = FloatVector.fromArray(FLOATS, y, p + 21 * LENGTH);
    FloatVector y52 = FloatVector.fromArray(FLOATS, y, p + 22 * LENGTH);
    FloatVector y53 = FloatVector.fromArray(FLOATS, y, p + 23 * LENGTH);
    int o1 = o + os;
    int o2 = o + 2 * os;
    int o3 = o + 3 * os;
    int o4 = o + 4 * os;
    int o5 = o + 5 * os;
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector a1 = FloatVector.fromArray(FLOATS, x, x1 + t);
      FloatVector a2 = FloatVector.fromArray(FLOATS, x, x2 + t);
      FloatVector a3 = FloatVector.fromArray(FLOATS, x, x3 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
      y01 = a1.fma(d0, y01);
      y02 = a2.fma(d0, y02);
      y03 = a3.fma(d0, y03);
      FloatVector d1 = FloatVector.fromArray(FLOATS, d, o1 + t);
      y10 = a0.fma(d1, y10);
      y11 = a1.fma(d1, y11);
      y12 = a2.fma(d1, y12);
      y13 = a3.fma(d1, y13);
      FloatVector d2 = FloatVector.fromArray(FLOATS, d, o2 + t);
      y20 = a0.fma(d2, y20);
      y21 = a1.fma(d2, y21);
      y22 = a2.fma(d2, y22);
      y23 = a3.fma(d2, y23);
      FloatVector d3 = FloatVector.fromArray(FLOATS, d, o3 + t);
      y30 = a0.fma(d3, y30);
      y31 = a1.fma(d3, y31);
      y32 = a2.fma(d3, y32);
      y33 = a3.fma(d3, y33);
      FloatVector d4 = FloatVector.fromArray(FLOATS, d, o4 + t);
      y40 = a0.fma(d4, y40);
      y41 = a1.fma(d4, y41);
      y42 = a2.fma(d4, y42);
      y43 = a3.fma(d4, y43);
      FloatVector d5 = FloatVector.fromArray(FLOATS, d, o5 + t);
      y50 = a0.fma(d5, y50);
      y51 = a1.fma(d5, y51);
      y52 = a2.fma(d5, y52);
      y53 = a3.fma(d5, y53);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
    y10.intoArray(y, p + 4 * LENGTH);
    y11.intoArray(y, p + 5 * LENGTH);
    y12.intoArray(y, p + 6 * LENGTH);
    y13.intoArray(y, p + 7 * LENGTH);
    y20.intoArray(y, p + 8 * LENGTH);
    y21.intoArray(y, p + 9 * LENGTH);
    y22.intoArray(y, p + 10 * LENGTH);
    y23.intoArray(y, p + 11 * LENGTH);
    y30.intoArray(y, p + 12 * LENGTH);
    y31.intoArray(y, p + 13 * LENGTH);
    y32.intoArray(y, p + 14 * LENGTH);
    y33.intoArray(y, p + 15 * LENGTH);
    y40.intoArray(y, p + 16 * LENGTH);
    y41.intoArray(y, p + 17 * LENGTH);
    y42.intoArray(y, p + 18 * LENGTH);
    y43.intoArray(y, p + 19 * LENGTH);
    y50.intoArray(y, p + 20 * LENGTH);
    y51.intoArray(y, p + 21 * LENGTH);
    y52.intoArray(y, p + 22 * LENGTH);
    y53.intoArray(y, p + 23 * LENGTH);
  }

  private static void four(
      float[] d,
      int o,
      int os,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int count,
      float[] y,
      int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y01 = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    FloatVector y02 = FloatVector.fromArray(FLOATS, y, p + 2 * LENGTH);
    FloatVector y03 = FloatVector.fromArray(FLOATS, y, p + 3 * LENGTH);
    FloatVector y10 = FloatVector.fromArray(FLOATS, y, p + 4 * LENGTH);
    FloatVector y11 = FloatVector.fromArray(FLOATS, y, p + 5 * LENGTH);
    FloatVector y12 = FloatVector.fromArray(FLOATS, y, p + 6 * LENGTH);
    FloatVector y13 = FloatVector.fromArray(FLOATS, y, p + 7 * LENGTH);
    FloatVector y20 = FloatVector.fromArray(FLOATS, y, p + 8 * LENGTH);
    FloatVector y21 = FloatVector.fromArray(FLOATS, y, p + 9 * LENGTH);
    FloatVector y22 = FloatVector.fromArray(FLOATS, y, p + 10 * LENGTH);
    FloatVector y23 = FloatVector.fromArray(FLOATS, y, p + 11 * LENGTH);
    FloatVector y30 = FloatVector.fromArray(FLOATS, y, p + 12 * LENGTH);
    FloatVector y31 = FloatVector.fromArray(FLOATS, y, p + 13 * LENGTH);
    FloatVector y32 = FloatVector.fromArray(FLOATS, y, p + 14 * LENGTH);
    FloatVector y33 = FloatVector.fromArray(FLOATS, y, p + 15 * LENGTH);
    int o1 = o + os;
    int o2 = o + 2 * os;
    int o3 = o + 3 * os;
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector a1 = FloatVector.fromArray(FLOATS, x, x1 + t);
      FloatVector a2 = FloatVector.fromArray(FLOATS, x, x2 + t);
      FloatVector a3 = FloatVector.fromArray(FLOATS, x, x3 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
      y01 = a1.fma(d0, y01);
      y02 = a2.fma(d0, y02);
      y03 = a3.fma(d0, y03);
      FloatVector d1 = FloatVector.fromArray(FLOATS, d, o1 + t);
      y10 = a0.fma(d1, y10);
      y11 = a1.fma(d1, y11);
      y12 = a2.fma(d1, y12);
      y13 = a3.fma(d1, y13);
      FloatVector d2 = FloatVector.fromArray(FLOATS, d, o2 + t);
      y20 = a0.fma(d2, y20);
      y21 = a1.fma(d2, y21);
      y22 = a2.fma(d2, y22);
      y23 = a3.fma(d2, y23);
      FloatVector d3 = FloatVector.fromArray(FLOATS, d, o3 + t);
      y30 = a0.fma(d3, y30);
      y31 = a1.fma(d3, y31);
      y32 = a2.fma(d3, y32);
      y33 = a3.fma(d3, y33);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
    y10.intoArray(y, p + 4 * LENGTH);
    y11.intoArray(y, p + 5 * LENGTH);
    y12.intoArray(y, p + 6 * LENGTH);
    y13.intoArray(y, p + 7 * LENGTH);
    y20.intoArray(y, p + 8 * LENGTH);
    y21.intoArray(y, p + 9 * LENGTH);
    y22.intoArray(y, p + 10 * LENGTH);
    y23.intoArray(y, p + 11 * LENGTH);
    y30.intoArray(y, p + 12 * LENGTH);
    y31.intoArray(y, p + 13 * LENGTH);
    y32.intoArray(y, p + 14 * LENGTH);
    y33.intoArray(y, p + 15 * LENGTH);
  }

  private static void two(
      float[] d,
      int o,
      int os,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int count,
      float[] y,
      int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y01 = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    FloatVector y02 = FloatVector.fromArray(FLOATS, y, p + 2 * LENGTH);
    FloatVector y03 = FloatVector.fromArray(FLOATS, y, p + 3 * LENGTH);
    FloatVector y10 = FloatVector.fromArray(FLOATS, y, p + 4 * LENGTH);
    FloatVector y11 = FloatVector.fromArray(FLOATS, y, p + 5 * LENGTH);
    FloatVector y12 = FloatVector.fromArray(FLOATS, y, p + 6 * LENGTH);
    FloatVector y13 = FloatVector.fromArray(FLOATS, y, p + 7 * LENGTH);
    int o1 = o + os;
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector a1 = FloatVector.fromArray(FLOATS, x, x1 + t);
      FloatVector a2 = FloatVector.fromArray(FLOATS, x, x2 + t);
      FloatVector a3 = FloatVector.fromArray(FLOATS, x, x3 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
      y01 = a1.fma(d0, y01);
      y02 = a2.fma(d0, y02);
      y03 = a3.fma(d0, y03);
      FloatVector d1 = FloatVector.fromArray(FLOATS, d, o1 + t);
      y10 = a0.fma(d1, y10);
      y11 = a1.fma(d1, y11);
      y12 = a2.fma(d1, y12);
      y13 = a3.fma(d1, y13);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
    y10.intoArray(y, p + 4 * LENGTH);
    y11.intoArray(y, p + 5 * LENGTH);
    y12.intoArray(y, p + 6 * LENGTH);
    y13.intoArray(y, p + 7 * LENGTH);
  }

  private static void one(
      float[] d,
      int o,
      int os,
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      int count,
      float[] y,
      int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y01 = FloatVector.fromArray(FLOATS, y, p + LENGTH);
    FloatVector y02 = FloatVector.fromArray(FLOATS, y, p + 2 * LENGTH);
    FloatVector y03 = FloatVector.fromArray(FLOATS, y, p + 3 * LENGTH);
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector a1 = FloatVector.fromArray(FLOATS, x, x1 + t);
      FloatVector a2 = FloatVector.fromArray(FLOATS, x, x2 + t);
      FloatVector a3 = FloatVector.fromArray(FLOATS, x, x3 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
      y01 = a1.fma(d0, y01);
      y02 = a2.fma(d0, y02);
      y03 = a3.fma(d0, y03);
    }
    y00.intoArray(y, p);
    y01.intoArray(y, p + LENGTH);
    y02.intoArray(y, p + 2 * LENGTH);
    y03.intoArray(y, p + 3 * LENGTH);
  }

  private static void six(
      float[] d, int o, int os, float[] x, int x0, int count, float[] y, int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y10 = FloatVector.fromArray(FLOATS, y, p + 4 * LENGTH);
    FloatVector y20 = FloatVector.fromArray(FLOATS, y, p + 8 * LENGTH);
    FloatVector y30 = FloatVector.fromArray(FLOATS, y, p + 12 * LENGTH);
    FloatVector y40 = FloatVector.fromArray(FLOATS, y, p + 16 * LENGTH);
    FloatVector y50 = FloatVector.fromArray(FLOATS, y, p + 20 * LENGTH);
    int o1 = o + os;
    int o2 = o + 2 * os;
    int o3 = o + 3 * os;
    int o4 = o + 4 * os;
    int o5 = o + 5 * os;
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
      FloatVector d1 = FloatVector.fromArray(FLOATS, d, o1 + t);
      y10 = a0.fma(d1, y10);
      FloatVector d2 = FloatVector.fromArray(FLOATS, d, o2 + t);
      y20 = a0.fma(d2, y20);
      FloatVector d3 = FloatVector.fromArray(FLOATS, d, o3 + t);
      y30 = a0.fma(d3, y30);
      FloatVector d4 = FloatVector.fromArray(FLOATS, d, o4 + t);
      y40 = a0.fma(d4, y40);
      FloatVector d5 = FloatVector.fromArray(FLOATS, d, o5 + t);
      y50 = a0.fma(d5, y50);
    }
    y00.intoArray(y, p);
    y10.intoArray(y, p + 4 * LENGTH);
    y20.intoArray(y, p + 8 * LENGTH);
    y30.intoArray(y, p + 12 * LENGTH);
    y40.intoArray(y, p + 16 * LENGTH);
    y50.intoArray(y, p + 20 * LENGTH);
  }

  private static void four(
      float[] d, int o, int os, float[] x, int x0, int count, float[] y, int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y10 = FloatVector.fromArray(FLOATS, y, p + 4 * LENGTH);
    FloatVector y20 = FloatVector.fromArray(FLOATS, y, p + 8 * LENGTH);
    FloatVector y30 = FloatVector.fromArray(FLOATS, y, p + 12 * LENGTH);
    int o1 = o + os;
    int o2 = o + 2 * os;
    int o3 = o + 3 * os;
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
      FloatVector d1 = FloatVector.fromArray(FLOATS, d, o1 + t);
      y10 = a0.fma(d1, y10);
      FloatVector d2 = FloatVector.fromArray(FLOATS, d, o2 + t);
      y20 = a0.fma(d2, y20);
      FloatVector d3 = FloatVector.fromArray(FLOATS, d, o3 + t);
      y30 = a0.fma(d3, y30);
    }
    y00.intoArray(y, p);
    y10.intoArray(y, p + 4 * LENGTH);
    y20.intoArray(y, p + 8 * LENGTH);
    y30.intoArray(y, p + 12 * LENGTH);
  }

  private static void two(
      float[] d, int o, int os, float[] x, int x0, int count, float[] y, int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    FloatVector y10 = FloatVector.fromArray(FLOATS, y, p + 4 * LENGTH);
    int o1 = o + os;
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
      FloatVector d1 = FloatVector.fromArray(FLOATS, d, o1 + t);
      y10 = a0.fma(d1, y10);
    }
    y00.intoArray(y, p);
    y10.intoArray(y, p + 4 * LENGTH);
  }

  private static void one(
      float[] d, int o, int os, float[] x, int x0, int count, float[] y, int p) {
    FloatVector y00 = FloatVector.fromArray(FLOATS, y, p);
    int end = count * LENGTH;
    for (int t = 0; t < end; t += LENGTH) {
      FloatVector a0 = FloatVector.fromArray(FLOATS, x, x0 + t);
      FloatVector d0 = FloatVector.fromArray(FLOATS, d, o + t);
      y00 = a0.fma(d0, y00);
    }
    y00.intoArray(y, p);
  }
}
