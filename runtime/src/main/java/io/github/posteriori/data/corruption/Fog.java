package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * (x + d clouds) m / (m + d), where m is the largest number of the image and clouds are {@link
 * Plasma}.
 *
 * @param density d
 * @param decay how smooth the clouds are
 */
record Fog(double density, double decay) implements Distortion {
  /** Density and decay. */
  private static final double[][] SMALL = {{0.2, 3}, {0.5, 3}, {0.75, 2.5}, {1, 2}, {1.5, 1.75}};

  private static final double[][] LARGE = {{1.5, 2}, {2, 2}, {2.5, 1.7}, {2.5, 1.5}, {3, 1.4}};

  static Fog of(Scale scale, int strength) {
    double[] chosen = scale.choose(strength, SMALL, LARGE);
    return new Fog(chosen[0], chosen[1]);
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    int longer = Math.max(shape.height(), shape.width());
    int side = Math.max(2, Integer.highestOneBit(2 * longer - 1));
    float[] clouds = Plasma.draw(side, decay, random);
    float most = 0;
    for (float value : image) {
      most = Math.max(most, value);
    }
    double scale = most / (most + density);
    for (int i = 0; i < image.length; i++) {
      int at = i % (shape.height() * shape.width());
      int y = at / shape.width();
      int x = at % shape.width();
      image[i] = (float) ((image[i] + density * clouds[y * side + x]) * scale);
    }
  }
}
