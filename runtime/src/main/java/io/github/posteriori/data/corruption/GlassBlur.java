package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * Smoothed by a Gaussian; then each pixel is taken from a place nearby, in rounds; then smoothed
 * again. The program of the published sets means to exchange two pixels, and copies one; so they
 * move no further there either.
 *
 * @param sigma of the Gaussian, in pixels
 * @param reach r: the place lies from r rows and columns before the pixel to r - 1 behind it
 * @param rounds how often all pixels are taken
 */
record GlassBlur(double sigma, int reach, int rounds) implements Distortion {
  /** Sigma, reach and rounds. */
  private static final double[][] SMALL = {
    {0.05, 1, 1}, {0.25, 1, 1}, {0.4, 1, 1}, {0.25, 1, 2}, {0.4, 1, 2}
  };

  private static final double[][] LARGE = {
    {0.7, 1, 2}, {0.9, 2, 1}, {1, 2, 3}, {1.1, 3, 2}, {1.5, 4, 2}
  };

  static GlassBlur of(Scale scale, int strength) {
    double[] chosen = scale.choose(strength, SMALL, LARGE);
    return new GlassBlur(scale.length(chosen[0]), scale.whole(chosen[1]), (int) chosen[2]);
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    GaussianFilter.smooth(shape, image, sigma, 4);
    scatter(shape, image, random);
    GaussianFilter.smooth(shape, image, sigma, 4);
  }

  void scatter(Shape.Image shape, float[] image, KeyedRandom random) {
    int height = shape.height();
    int width = shape.width();
    for (int round = 0; round < rounds; round++) {
      float[] before = image.clone();
      for (int at = 0; at < height * width; at++) {
        int y = at / width + random.below(2 * reach) - reach;
        int x = at % width + random.below(2 * reach) - reach;
        int from = Mirrored.index(y, height) * width + Mirrored.index(x, width);
        for (int plane = 0; plane < image.length; plane += height * width) {
          image[plane + at] = before[plane + from];
        }
      }
    }
  }
}
