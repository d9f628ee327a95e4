package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * V + c in HSV, at most 1, where V is the largest channel of a pixel: hue and saturation stay.
 *
 * @param added c
 */
record Brightness(double added) implements Distortion {
  private static final double[] SMALL = {0.05, 0.1, 0.15, 0.2, 0.3};
  private static final double[] LARGE = {0.1, 0.2, 0.3, 0.4, 0.5};

  static Brightness of(Scale scale, int strength) {
    return new Brightness(scale.choose(strength, SMALL, LARGE));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    int plane = shape.height() * shape.width();
    for (int at = 0; at < plane; at++) {
      float value = 0;
      for (int i = at; i < image.length; i += plane) {
        value = Math.max(value, image[i]);
      }
      float lighter = (float) Math.min(1, value + added);
      for (int i = at; i < image.length; i += plane) {
        image[i] = value == 0 ? lighter : image[i] * lighter / value;
      }
    }
  }
}
