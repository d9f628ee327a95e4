package io.github.posteriori.engine.vector.kernel;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Statistics and affine maps of a group of numbers, each lane for itself. A number is {@code width}
 * floats; what there is one of for each lane is an array of {@code width}.
 */
public final class ExampleNormLoops {
  private ExampleNormLoops() {}

  /**
   * Sums the deviations of {@code count} numbers from each lane's pivot, and their squares.
   *
   * @param pivot of each lane
   * @param sums gets the deviations' sums
   * @param squares gets the squares' sums
   */
  public static void deviations(
      float[] x, int from, int count, float[] pivot, float[] sums, float[] squares, int width) {
    for (int lane = 0; lane < width; lane += LENGTH) {
      FloatVector p = FloatVector.fromArray(FLOATS, pivot, lane);
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      FloatVector q0 = s0;
      FloatVector q1 = s0;
      int i = from + lane;
      for (int n = 1; n < count; n += 2, i += 2 * width) {
        FloatVector d0 = FloatVector.fromArray(FLOATS, x, i).sub(p);
        FloatVector d1 = FloatVector.fromArray(FLOATS, x, i + width).sub(p);
        s0 = s0.add(d0);
        s1 = s1.add(d1);
        q0 = d0.fma(d0, q0);
        q1 = d1.fma(d1, q1);
      }
      if (count % 2 == 1) {
        FloatVector d0 = FloatVector.fromArray(FLOATS, x, i).sub(p);
        s0 = s0.add(d0);
        q0 = d0.fma(d0, q0);
      }
      s0.add(s1).intoArray(sums, lane);
      q0.add(q1).intoArray(squares, lane);
    }
  }

  /**
   * Computes y = gamma (x - mean) inverse + beta for neighbouring runs of numbers, each with a
   * gamma and a beta of its own.
   *
   * @param first index of the first gamma and beta
   * @param runs how many runs
   * @param run numbers of a run
   */
  public static void normalise(
      float[] x,
      int from,
      float[] mean,
      float[] inverse,
      float[] gamma,
      float[] beta,
      int first,
      int runs,
      int run,
      float[] y,
      int width) {
    for (int r = 0; r < runs; r++) {
      float factor = gamma[first + r];
      FloatVector shift = FloatVector.broadcast(FLOATS, beta[first + r]);
      int begin = from + r * run * width;
      for (int lane = 0; lane < width; lane += LENGTH) {
        FloatVector m = FloatVector.fromArray(FLOATS, mean, lane);
        FloatVector a = FloatVector.fromArray(FLOATS, inverse, lane).mul(factor);
        for (int i = begin + lane; i < begin + run * width; i += width) {
          FloatVector.fromArray(FLOATS, x, i).sub(m).fma(a, shift).intoArray(y, i);
        }
      }
    }
  }

  /**
   * Sums the gradients of runs, and their products with z = (x - mean) inverse.
   *
   * @param byBeta gets a register of partial sums of dy for each run, from {@code LENGTH first} on
   * @param byGamma gets those of dy z
   * @param sums to which the sums of gamma dy are added
   * @param products to which those of gamma dy z are added
   */
  public static void gradients(
      float[] dy,
      float[] x,
      int from,
      float[] mean,
      float[] inverse,
      float[] gamma,
      int first,
      int runs,
      int run,
      float[] byBeta,
      float[] byGamma,
      float[] sums,
      float[] products,
      int width) {
    for (int r = 0; r < runs; r++) {
      float factor = gamma[first + r];
      int begin = from + r * run * width;
      int to = (first + r) * LENGTH;
      FloatVector beta = FloatVector.zero(FLOATS);
      FloatVector scale = beta;
      for (int lane = 0; lane < width; lane += LENGTH) {
        FloatVector m = FloatVector.fromArray(FLOATS, mean, lane);
        FloatVector s = FloatVector.zero(FLOATS);
        FloatVector q = s;
        for (int i = begin + lane; i < begin + run * width; i += width) {
          FloatVector d = FloatVector.fromArray(FLOATS, dy, i);
          s = s.add(d);
          q = FloatVector.fromArray(FLOATS, x, i).sub(m).fma(d, q);
        }
        q = q.mul(FloatVector.fromArray(FLOATS, inverse, lane));
        beta = beta.add(s);
        scale = scale.add(q);
        FloatVector.fromArray(FLOATS, sums, lane).add(s.mul(factor)).intoArray(sums, lane);
        FloatVector.fromArray(FLOATS, products, lane).add(q.mul(factor)).intoArray(products, lane);
      }
      beta.intoArray(byBeta, to);
      scale.intoArray(byGamma, to);
    }
  }

  /**
   * Computes dx = (gamma dy - sums) inverse - (x - mean) slope for neighbouring runs.
   *
   * @param sums the mean of gamma dy
   * @param slope the mean of gamma dy z, times the square of inverse
   */
  public static void back(
      float[] dy,
      float[] x,
      int from,
      float[] mean,
      float[] inverse,
      float[] gamma,
      int first,
      int runs,
      int run,
      float[] sums,
      float[] slope,
      float[] dx,
      int width) {
    for (int r = 0; r < runs; r++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, gamma[first + r]);
      int begin = from + r * run * width;
      for (int lane = 0; lane < width; lane += LENGTH) {
        FloatVector m = FloatVector.fromArray(FLOATS, mean, lane);
        FloatVector a = FloatVector.fromArray(FLOATS, inverse, lane);
        FloatVector s = FloatVector.fromArray(FLOATS, sums, lane);
        FloatVector b = FloatVector.fromArray(FLOATS, slope, lane);
        for (int i = begin + lane; i < begin + run * width; i += width) {
          FloatVector dz = FloatVector.fromArray(FLOATS, dy, i).mul(factor).sub(s).mul(a);
          FloatVector d = FloatVector.fromArray(FLOATS, x, i).sub(m);
          dz.sub(d.mul(b)).intoArray(dx, i);
        }
      }
    }
  }
}
