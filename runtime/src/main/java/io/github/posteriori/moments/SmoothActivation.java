package io.github.posteriori.moments;

import io.github.posteriori.moments.SmoothLoops.Loop;
import java.util.Arrays;

/**
 * A smooth function f of Gaussian numbers of mean m, by {@link GaussHermite} quadrature of g = f -
 * f(m): E f = f(m) + E g, Var f = E g^2 - (E g)^2, of 8 nodes up to a variance of 1 and of 32
 * above.
 */
final class SmoothActivation implements MomentMap {
  /** Numbers whose sums stay in the first-level cache. */
  private static final int TOGETHER = 1024;

  private final Loop function;

  SmoothActivation(Loop function) {
    this.function = function;
  }

  @Override
  public Moments forward(Moments x, SpareArrays spare) {
    float[] means = spare.take(x.means().length);
    if (x.isExact()) {
      function.apply(x.means(), means, means.length);
      return Moments.exact(x.count(), means);
    }
    float[] variances = spare.take(means.length);
    Sums sums = new Sums(function);
    for (int from = 0; from < means.length; from += TOGETHER) {
      int count = Math.min(TOGETHER, means.length - from);
      boolean isWide = sums.read(x, from, count);
      sums.add(GaussHermite.FEW, count);
      sums.write(means, variances, from, count, false);
      if (isWide) {
        sums.add(GaussHermite.MANY, count);
        sums.write(means, variances, from, count, true);
      }
    }
    return new Moments(x.count(), means, variances);
  }

  /** The sums of quadrature over some neighbouring numbers. */
  private static final class Sums {
    private final Loop function;
    private final float[] means = new float[TOGETHER];
    private final float[] variances = new float[TOGETHER];
    private final float[] deviations = new float[TOGETHER];
    private final float[] centres = new float[TOGETHER];
    private final float[] x = new float[TOGETHER];
    private final float[] y = new float[TOGETHER];
    private final float[] first = new float[TOGETHER];
    private final float[] second = new float[TOGETHER];

    Sums(Loop function) {
      this.function = function;
    }

    /** Reads the numbers, and returns whether some need many nodes. */
    boolean read(Moments from, int at, int count) {
      System.arraycopy(from.means(), at, means, 0, count);
      System.arraycopy(from.variances(), at, variances, 0, count);
      roots(variances, deviations, count);
      function.apply(means, centres, count);
      boolean isWide = false;
      for (int i = 0; i < count; i++) {
        isWide |= !(variances[i] <= GaussHermite.MOST_OF_FEW);
      }
      return isWide;
    }

    void add(GaussHermite rule, int count) {
      Arrays.fill(first, 0);
      Arrays.fill(second, 0);
      for (int n = 0; n < rule.nodes().length; n++) {
        place(means, deviations, (float) rule.nodes()[n], x, count);
        function.apply(x, y, count);
        float weight = (float) rule.weights()[n];
        addFirst(y, centres, weight, first, count);
        addSecond(y, centres, weight, second, count);
      }
    }

    void write(float[] toMeans, float[] toVariances, int at, int count, boolean onlyWide) {
      for (int i = 0; i < count; i++) {
        if (!onlyWide || !(variances[i] <= GaussHermite.MOST_OF_FEW)) {
          toMeans[at + i] = centres[i] + first[i];
          toVariances[at + i] = Math.max(second[i] - first[i] * first[i], 0);
        }
      }
    }

    private static void roots(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        y[i] = (float) Math.sqrt(x[i]);
      }
    }

    private static void place(float[] means, float[] deviations, float z, float[] x, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = means[i] + deviations[i] * z;
      }
    }

    private static void addFirst(float[] y, float[] centres, float weight, float[] sum, int count) {
      for (int i = 0; i < count; i++) {
        sum[i] += weight * (y[i] - centres[i]);
      }
    }

    private static void addSecond(
        float[] y, float[] centres, float weight, float[] sum, int count) {
      for (int i = 0; i < count; i++) {
        float g = y[i] - centres[i];
        sum[i] += weight * g * g;
      }
    }
  }
}
