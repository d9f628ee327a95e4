package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * Each pixel is taken from elsewhere: by an affine map that moves three points around the centre,
 * as far from it as a third of the shorter side along each axis; and by smooth fields of
 * displacements (Simard et al. 2003, "Best practices for convolutional neural networks"), amplitude
 * times uniform noise that a Gaussian has smoothed. The image is interpolated once.
 *
 * @param amplitude of the noise, in pixels
 * @param smoothness standard deviation of the Gaussian, in pixels
 * @param shift the three points move along each axis by a number uniform in ±shift, in pixels
 */
record ElasticTransform(double amplitude, double smoothness, double shift) implements Distortion {
  /** Amplitude, smoothness and shift, in shares of the side. */
  private static final double[][] SMALL = {
    {0, 0, 0.08}, {0.05, 0.2, 0.07}, {0.08, 0.06, 0.06}, {0.1, 0.04, 0.05}, {0.1, 0.03, 0.03}
  };

  private static final double[][] LARGE = {
    {2, 0.7, 0.1}, {2, 0.08, 0.2}, {0.05, 0.01, 0.02}, {0.07, 0.01, 0.02}, {0.12, 0.01, 0.02}
  };

  /** The published parameters of larger images are shares of 244 pixels, for images of 224. */
  private static final double SIDE_OF_LARGE = 244 / 224.0;

  static ElasticTransform of(Scale scale, int strength) {
    double[] chosen = scale.choose(strength, SMALL, LARGE);
    double side = scale.small() ? scale.side() : scale.side() * SIDE_OF_LARGE;
    return new ElasticTransform(chosen[0] * side, chosen[1] * side, chosen[2] * side);
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    double third = Math.max(1, Math.min(shape.height(), shape.width()) / 3);
    Move moveY = Move.random(third, shift, random);
    Move moveX = Move.random(third, shift, random);
    float[] down = displacements(shape, random);
    float[] right = displacements(shape, random);
    float[] source = image.clone();
    int width = shape.width();
    int pixels = shape.height() * width;
    for (int at = 0; at < pixels; at++) {
      double y = at / width + down[at];
      double x = at % width + right[at];
      double fromCentreY = y - shape.height() / 2;
      double fromCentreX = x - width / 2;
      double fromY = y + moveY.at(fromCentreY, fromCentreX);
      double fromX = x + moveX.at(fromCentreY, fromCentreX);
      for (int plane = 0; plane < image.length; plane += pixels) {
        image[plane + at] = Mirrored.at(source, plane, shape, fromY, fromX);
      }
    }
  }

  private float[] displacements(Shape.Image shape, KeyedRandom random) {
    Shape.Image one = Shape.image(1, shape.height(), shape.width());
    float[] field = new float[one.size()];
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) (amplitude * random.uniform(-1, 1));
    }
    if (amplitude > 0) {
      GaussianFilter.smooth(one, field, smoothness, 3);
    }
    return field;
  }

  /** How far the affine map moves a place along one axis: u(y, x) = constant + byY y + byX x. */
  private record Move(double constant, double byY, double byX) {

    /** Draws u(r, r), u(r, -r) and u(-r, -r), which decide the others. */
    static Move random(double r, double shift, KeyedRandom random) {
      double first = random.uniform(-shift, shift);
      double second = random.uniform(-shift, shift);
      double third = random.uniform(-shift, shift);
      return new Move((first + third) / 2, (second - third) / (2 * r), (first - second) / (2 * r));
    }

    double at(double y, double x) {
      return constant + byY * y + byX * x;
    }
  }
}
