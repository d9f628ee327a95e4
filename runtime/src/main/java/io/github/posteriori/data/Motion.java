package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Rotation, shift and mirroring in one interpolation, with zeros outside.
 *
 * @param degrees rotation around the centre by an angle uniform in ±{@code degrees}, from 0 to 180
 * @param pixels shift along each axis by a whole number of pixels uniform in ±{@code pixels}, at
 *     least 0
 * @param horizontalFlip whether images are mirrored left to right with probability 1/2
 */
record Motion(double degrees, int pixels, boolean horizontalFlip) implements Transform {
  static final Motion NONE = new Motion(0, 0, false);

  Motion {
    if (!(degrees >= 0 && degrees <= 180)) {
      throw new IllegalArgumentException("rotation is " + degrees + " degrees, expected 0 to 180");
    }
    if (pixels < 0) {
      throw new IllegalArgumentException("shift is " + pixels + " pixels, expected at least 0");
    }
  }

  @Override
  public void requireFit(String name, Shape.Image shape) {
    if (degrees > 0 && shape.height() == 1) {
      throw new IllegalArgumentException(
          "rotation turns images, but %s has signals %s of one row: leave it out"
              .formatted(name, shape));
    }
  }

  @Override
  public void apply(
      Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random) {
    double angle = StrictMath.toRadians(random.uniform(-degrees, degrees));
    boolean flip = random.chance(0.5) && horizontalFlip;
    int drawn = random.below(2 * pixels + 1) - pixels;
    int down = shape.height() == 1 ? 0 : drawn;
    int right = random.below(2 * pixels + 1) - pixels;
    if (angle == 0) {
      move(shape, source, target, offset, flip, down, right);
    } else {
      turn(shape, source, target, offset, angle, flip, down, right);
    }
  }

  /** Writes an image that is mirrored or not and then moved, from {@code offset} on. */
  static void move(
      Shape.Image shape,
      float[] source,
      float[] target,
      int offset,
      boolean flip,
      int down,
      int right) {
    int width = shape.width();
    int left = Math.min(width, Math.max(0, right));
    int end = Math.max(left, Math.min(width, width + right));
    for (int plane = 0; plane < shape.size(); plane += shape.height() * width) {
      for (int y = 0; y < shape.height(); y++) {
        int out = offset + plane + y * width;
        boolean inside = y - down >= 0 && y - down < shape.height();
        int in = plane + (y - down) * width;
        if (!inside) {
          Arrays.fill(target, out, out + width, 0);
          continue;
        }
        Arrays.fill(target, out, out + left, 0);
        Arrays.fill(target, out + end, out + width, 0);
        for (int x = left; flip && x < end; x++) {
          target[out + x] = source[in + width - 1 - (x - right)];
        }
        if (!flip && left < end) {
          System.arraycopy(source, in + left - right, target, out + left, end - left);
        }
      }
    }
  }

  private static void turn(
      Shape.Image shape,
      float[] source,
      float[] target,
      int offset,
      double angle,
      boolean flip,
      int down,
      int right) {
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
        int top = (int) Math.floor(sourceY);
        int left = (int) Math.floor(sourceX);
        float lower = sourceY - top;
        float after = sourceX - left;
        boolean inside = top >= 0 && top < height - 1 && left >= 0 && left < width - 1;
        for (int plane = 0; plane < shape.size(); plane += height * width) {
          int at = plane + top * width + left;
          float topLeft = inside ? source[at] : pixel(source, plane, shape, top, left);
          float topRight = inside ? source[at + 1] : pixel(source, plane, shape, top, left + 1);
          at += width;
          float bottomLeft = inside ? source[at] : pixel(source, plane, shape, top + 1, left);
          float bottomRight =
              inside ? source[at + 1] : pixel(source, plane, shape, top + 1, left + 1);
          float above = topLeft * (1 - after) + topRight * after;
          float below = bottomLeft * (1 - after) + bottomRight * after;
          target[offset + plane + y * width + x] = above * (1 - lower) + below * lower;
        }
      }
    }
  }

  private static float pixel(float[] source, int plane, Shape.Image shape, int y, int x) {
    boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
    return inside ? source[plane + y * shape.width() + x] : 0;
  }

  @Override
  public String toString() {
    StringJoiner words = new StringJoiner(",");
    if (degrees > 0) {
      words.add("rotation:" + Transform.text(degrees));
    }
    if (pixels > 0) {
      words.add("shift:" + pixels);
    }
    if (horizontalFlip) {
      words.add("flip");
    }
    return words.toString();
  }
}
