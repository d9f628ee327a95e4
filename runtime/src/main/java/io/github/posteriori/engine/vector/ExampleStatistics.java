package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.ExampleNormLoops;
import io.github.posteriori.layers.ExampleNorm;
import java.util.Arrays;

/**
 * Layer and group normalisation of a block, {@code y = gamma (x - mean) / sqrt(variance + 1e-5) +
 * beta}, each image by its own statistics. The mean is found first and the variance from it, both
 * corrected by what rounding left of the deviations' sum (Chan, Golub and LeVeque 1983).
 */
final class ExampleStatistics {
  private final ExampleNorm layer;
  private final int width;
  private final int floats;
  private final float[] gamma;
  private final float[] beta;
  private final float[] sums;
  private final float[] squares;

  /** Of each group and lane. */
  private final float[][] mean;

  private final float[][] inverse;

  ExampleStatistics(ExampleNorm layer, int width) {
    this.layer = layer;
    this.width = width;
    this.floats = layer.groupSize() * width;
    this.gamma = new float[layer.scale().size()];
    this.beta = new float[gamma.length];
    this.sums = new float[width];
    this.squares = new float[width];
    this.mean = new float[layer.groups()][width];
    this.inverse = new float[layer.groups()][width];
  }

  /** The place of a group's first number. */
  private int at(int group) {
    return LEAD + group * floats;
  }

  /** Runs of numbers with a scale of their own, in a group. */
  private int runs() {
    return gamma.length / layer.groups();
  }

  /** Computes y of x, and keeps the statistics. */
  void forward(float[] x, float[] y) {
    layer.scale().read(gamma);
    layer.shift().read(beta);
    for (int group = 0; group < layer.groups(); group++) {
      measure(x, group);
      ExampleNormLoops.normalise(
          x,
          at(group),
          mean[group],
          inverse[group],
          gamma,
          beta,
          group * runs(),
          runs(),
          layer.run(),
          y,
          width);
    }
  }

  private void measure(float[] x, int group) {
    int count = layer.groupSize();
    float[] pivot = mean[group];
    System.arraycopy(x, at(group), pivot, 0, width);
    ExampleNormLoops.deviations(x, at(group), count, pivot, sums, squares, width);
    for (int lane = 0; lane < width; lane++) {
      pivot[lane] += sums[lane] / count;
    }
    ExampleNormLoops.deviations(x, at(group), count, pivot, sums, squares, width);
    for (int lane = 0; lane < width; lane++) {
      double rest = (double) sums[lane] / count;
      double variance = Math.max(0, squares[lane] / (double) count - rest * rest);
      pivot[lane] += (float) rest;
      inverse[group][lane] = (float) (1 / Math.sqrt(variance + ExampleNorm.EPSILON));
    }
  }

  /**
   * Computes, with dz = gamma dy, {@code dx = (dz - mean(dz) - z mean(dz z)) / sqrt(variance +
   * 1e-5)}.
   *
   * @param byBeta gets a register of partial sums of dy for each beta
   * @param byGamma gets those of dy z
   */
  void backward(float[] dy, float[] x, float[] byBeta, float[] byGamma, float[] dx) {
    for (int group = 0; group < layer.groups(); group++) {
      Arrays.fill(sums, 0);
      Arrays.fill(squares, 0);
      ExampleNormLoops.gradients(
          dy,
          x,
          at(group),
          mean[group],
          inverse[group],
          gamma,
          group * runs(),
          runs(),
          layer.run(),
          byBeta,
          byGamma,
          sums,
          squares,
          width);
      for (int lane = 0; lane < width; lane++) {
        float a = inverse[group][lane];
        sums[lane] /= layer.groupSize();
        squares[lane] *= a * a / layer.groupSize();
      }
      ExampleNormLoops.back(
          dy,
          x,
          at(group),
          mean[group],
          inverse[group],
          gamma,
          group * runs(),
          runs(),
          layer.run(),
          sums,
          squares,
          dx,
          width);
    }
  }
}
