package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * The mean along a trail of {@code 2 radius + 1} pixels that fades as half a Gaussian, in a
 * direction uniform in ±45 degrees from the horizontal.
 *
 * @param radius in pixels
 * @param sigma of the Gaussian, in pixels
 */
record MotionBlur(int radius, double sigma) implements Distortion {
  /** Radius and sigma. */
  private static final double[][] SMALL = {{6, 1}, {6, 1.5}, {6, 2}, {8, 2}, {9, 2.5}};

  private static final double[][] LARGE = {{10, 3}, {15, 5}, {15, 8}, {15, 12}, {20, 15}};

  static MotionBlur of(Scale scale, int strength) {
    double[] chosen = scale.choose(strength, SMALL, LARGE);
    return new MotionBlur(scale.whole(chosen[0]), scale.length(chosen[1]));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    double angle = StrictMath.toRadians(random.uniform(-45, 45));
    Kernel.trail(radius, sigma, angle).apply(shape, image);
  }
}
