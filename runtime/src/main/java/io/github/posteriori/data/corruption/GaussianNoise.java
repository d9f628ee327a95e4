package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * x + sigma n, with n from N(0, 1) for each number.
 *
 * @param sigma standard deviation of the noise
 */
record GaussianNoise(double sigma) implements Distortion {
  private static final double[] SMALL = {0.04, 0.06, 0.08, 0.09, 0.10};
  private static final double[] LARGE = {0.08, 0.12, 0.18, 0.26, 0.38};

  static GaussianNoise of(Scale scale, int strength) {
    return new GaussianNoise(scale.choose(strength, SMALL, LARGE));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    for (int i = 0; i < image.length; i++) {
      image[i] += (float) (sigma * random.normal());
    }
  }
}
