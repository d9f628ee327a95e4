package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * The mean over a disk, whose edge is softened by a Gaussian.
 *
 * @param radius of the disk, in pixels
 * @param softness standard deviation of the Gaussian, in pixels
 */
record DefocusBlur(double radius, double softness) implements Distortion {
  /** Radius and softness. */
  private static final double[][] SMALL = {
    {0.3, 0.4}, {0.4, 0.5}, {0.5, 0.6}, {1, 0.2}, {1.5, 0.1}
  };

  private static final double[][] LARGE = {{3, 0.1}, {4, 0.5}, {6, 0.5}, {8, 0.5}, {10, 0.5}};

  static DefocusBlur of(Scale scale, int strength) {
    double[] chosen = scale.choose(strength, SMALL, LARGE);
    return new DefocusBlur(scale.length(chosen[0]), scale.length(chosen[1]));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    Kernel.disk(radius).apply(shape, image);
    GaussianFilter.smooth(shape, image, softness, 4);
  }
}
