package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * The mean of the image and of n enlargements of it, by 1, 1 + step, ..., 1 + (n - 1) step.
 *
 * @param count n
 * @param step from one enlargement to the next
 */
record ZoomBlur(int count, double step) implements Distortion {
  /** Count and step. */
  private static final double[][] SMALL = {
    {7, 0.01}, {12, 0.01}, {16, 0.01}, {21, 0.01}, {26, 0.01}
  };

  private static final double[][] LARGE = {
    {12, 0.01}, {16, 0.01}, {11, 0.02}, {13, 0.02}, {11, 0.03}
  };

  static ZoomBlur of(Scale scale, int strength) {
    double[] chosen = scale.choose(strength, SMALL, LARGE);
    return new ZoomBlur((int) chosen[0], chosen[1]);
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    float[] sum = image.clone();
    for (int k = 0; k < count; k++) {
      float[] enlarged = Zoom.enlarge(shape, image, 1 + k * step);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += enlarged[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      image[i] = sum[i] / (count + 1);
    }
  }
}
