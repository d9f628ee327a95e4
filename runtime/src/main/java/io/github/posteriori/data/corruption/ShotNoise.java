package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * k / c, with k from Poisson(c x) for each number: light that is counted.
 *
 * @param photons c, the count that is white
 */
record ShotNoise(double photons) implements Distortion {
  private static final double[] SMALL = {500, 250, 100, 75, 50};
  private static final double[] LARGE = {60, 25, 12, 5, 3};

  static ShotNoise of(Scale scale, int strength) {
    return new ShotNoise(scale.choose(strength, SMALL, LARGE));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (random.poisson(image[i] * photons) / photons);
    }
  }
}
