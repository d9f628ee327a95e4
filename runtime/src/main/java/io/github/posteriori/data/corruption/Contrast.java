package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * m + c (x - m), where m is the mean of the channel.
 *
 * @param factor c
 */
record Contrast(double factor) implements Distortion {
  private static final double[] SMALL = {0.75, 0.5, 0.4, 0.3, 0.15};
  private static final double[] LARGE = {0.4, 0.3, 0.2, 0.1, 0.05};

  static Contrast of(Scale scale, int strength) {
    return new Contrast(scale.choose(strength, SMALL, LARGE));
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    int plane = shape.height() * shape.width();
    for (int start = 0; start < image.length; start += plane) {
      double sum = 0;
      for (int i = start; i < start + plane; i++) {
        sum += image[i];
      }
      double mean = sum / plane;
      for (int i = start; i < start + plane; i++) {
        image[i] = (float) (mean + factor * (image[i] - mean));
      }
    }
  }
}
