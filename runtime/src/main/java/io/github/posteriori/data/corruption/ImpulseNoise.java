package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * Salt and pepper: a share of all numbers is replaced by 0 or 1, one as often as the other.
 *
 * @param share of the numbers
 */
record ImpulseNoise(double share) implements Distortion {
  private static final double[] SMALL = {0.01, 0.02, 0.03, 0.05, 0.07};
  private static final double[] LARGE = {0.03, 0.06, 0.09, 0.17, 0.27};

  static ImpulseNoise of(Scale scale, int strength) {
    return new ImpulseNoise(scale.choose(strength, SMALL, LARGE));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    for (int i = 0; i < image.length; i++) {
      if (random.chance(share)) {
        image[i] = random.chance(0.5) ? 1 : 0;
      }
    }
  }
}
