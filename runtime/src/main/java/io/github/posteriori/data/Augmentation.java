package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;

/**
 * The random variation of training images, drawn anew in every epoch. Validation and test images
 * never vary.
 *
 * @param degrees rotation around the centre by an angle uniform in ±{@code degrees}, from 0 to 180;
 *     bilinear, with zeros outside
 * @param pixels shift along each axis, independently, by a whole number of pixels uniform in
 *     ±{@code pixels}; at least 0, with zeros outside
 * @param horizontalFlip whether images are mirrored left to right with probability 1/2
 */
public record Augmentation(double degrees, int pixels, boolean horizontalFlip) {

  public Augmentation {
    if (!(degrees >= 0 && degrees <= 180)) {
      throw new IllegalArgumentException("rotation is " + degrees + " degrees, expected 0 to 180");
    }
    if (pixels < 0) {
      throw new IllegalArgumentException("shift is " + pixels + " pixels, expected at least 0");
    }
  }

  /** Returns the augmentation that does not change images. */
  public static Augmentation none() {
    return new Augmentation(0, 0, false);
  }

  /** Returns an augmentation that rotates images by up to {@code degrees} either way. */
  public static Augmentation rotation(double degrees) {
    return new Augmentation(degrees, 0, false);
  }

  /** Returns a copy that also shifts images by up to {@code pixels} along each axis. */
  public Augmentation withShift(int pixels) {
    return new Augmentation(degrees, pixels, horizontalFlip);
  }

  /** Returns a copy that also mirrors images with probability 1/2. */
  public Augmentation withHorizontalFlip() {
    return new Augmentation(degrees, pixels, true);
  }

  boolean isNone() {
    return degrees == 0 && pixels == 0 && !horizontalFlip;
  }

  /** Writes a variation of {@code source}, one image of {@code shape}, into {@code target}. */
  void apply(Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random) {
    double angle = StrictMath.toRadians(random.uniform(-degrees, degrees));
    boolean flip = random.chance(0.5) && horizontalFlip;
    int down = random.below(2 * pixels + 1) - pixels;
    int right = random.below(2 * pixels + 1) - pixels;
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    int height = shape.height();
    int width = shape.width();
    float centreY = (height - 1) / 2f;
    float centreX = (width - 1) / 2f;
    for (int y = 0; y < height; y++) {
      float fromCentreY = y - down - centreY;
      for (int x = 0; x < width; x++) {
        float fromCentreX = x - right - centreX;
        float turnedX = cos * fromCentreX - sin * fromCentreY;
        float sourceX = centreX + (flip ? -turnedX : turnedX);
        float sourceY = centreY + sin * fromCentreX + cos * fromCentreY;
        for (int channel = 0; channel < shape.channels(); channel++) {
          int plane = channel * height * width;
          target[offset + plane + y * width + x] =
              sample(source, plane, height, width, sourceY, sourceX);
        }
      }
    }
  }

  private static float sample(float[] source, int plane, int height, int width, float y, float x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    float down = y - top;
    float across = x - left;
    float above =
        pixel(source, plane, height, width, top, left) * (1 - across)
            + pixel(source, plane, height, width, top, left + 1) * across;
    float below =
        pixel(source, plane, height, width, top + 1, left) * (1 - across)
            + pixel(source, plane, height, width, top + 1, left + 1) * across;
    return above * (1 - down) + below * down;
  }

  private static float pixel(float[] source, int plane, int height, int width, int y, int x) {
    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
    return inside ? source[plane + y * width + x] : 0;
  }
}
