package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * a x + (1 - a) max(x, 1.5 grey + 0.5) + flakes + flakes turned by half a turn.
 *
 * <p>Flakes are normal noise, enlarged, of which only what reaches a threshold is left, blurred
 * along a direction that is steep.
 *
 * @param mean of the noise
 * @param deviation of the noise
 * @param size factor by which the noise is enlarged
 * @param threshold below which there is no flake
 * @param radius of the blur, in pixels
 * @param sigma of the blur, in pixels
 * @param kept a, the share of the image that does not become light
 */
record Snow(
    double mean,
    double deviation,
    double size,
    double threshold,
    int radius,
    double sigma,
    double kept)
    implements Distortion {

  /** The parameters, in their order. */
  private static final double[][] SMALL = {
    {0.1, 0.2, 1, 0.6, 8, 3, 0.95},
    {0.1, 0.2, 1, 0.5, 10, 4, 0.9},
    {0.15, 0.3, 1.75, 0.55, 10, 4, 0.9},
    {0.25, 0.3, 2.25, 0.6, 12, 6, 0.85},
    {0.3, 0.3, 1.25, 0.65, 14, 12, 0.8}
  };

  private static final double[][] LARGE = {
    {0.1, 0.3, 3, 0.5, 10, 4, 0.8},
    {0.2, 0.3, 2, 0.5, 12, 4, 0.7},
    {0.55, 0.3, 4, 0.9, 12, 8, 0.7},
    {0.55, 0.3, 4.5, 0.85, 12, 8, 0.65},
    {0.55, 0.3, 2.5, 0.85, 12, 12, 0.55}
  };

  static Snow of(Scale scale, int strength) {
    double[] c = scale.choose(strength, SMALL, LARGE);
    double size = Math.max(1, scale.length(c[2]));
    return new Snow(c[0], c[1], size, c[3], scale.whole(c[4]), scale.length(c[5]), c[6]);
  }

  @Override
  public void apply(Shape.Image shape, float[] image, KeyedRandom random) {
    float[] flakes = flakes(Shape.image(1, shape.height(), shape.width()), random);
    float[] grey = Grey.of(shape, image);
    int plane = grey.length;
    for (int i = 0; i < image.length; i++) {
      int at = i % plane;
      double light = Math.max(image[i], 1.5 * grey[at] + 0.5);
      double ground = kept * image[i] + (1 - kept) * light;
      image[i] = (float) (ground + flakes[at] + flakes[plane - 1 - at]);
    }
  }

  private float[] flakes(Shape.Image shape, KeyedRandom random) {
    float[] noise = new float[shape.size()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (mean + deviation * random.normal());
    }
    float[] flakes = Zoom.enlarge(shape, noise, size);
    for (int i = 0; i < flakes.length; i++) {
      flakes[i] = flakes[i] < threshold ? 0 : Math.min(1, flakes[i]);
    }
    double angle = StrictMath.toRadians(random.uniform(-135, -45));
    Kernel.trail(radius, sigma, angle).apply(shape, flakes);
    return flakes;
  }
}
