package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;

/** An image beyond its border, where it is mirrored (d c b a | a b c d | d c b a). */
final class Mirrored {
  private Mirrored() {}

  /** Returns the position within 0 to {@code size - 1} that a position stands for. */
  static int index(int position, int size) {
    int within = Math.floorMod(position, 2 * size);
    return within < size ? within : 2 * size - 1 - within;
  }

  /**
   * Returns a pixel between the pixels, by bilinear interpolation.
   *
   * @param plane where the channel starts
   * @param y row, 0 being the centre of the first
   * @param x column
   */
  static float at(float[] image, int plane, Shape.Image shape, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    float down = (float) (y - top);
    float right = (float) (x - left);
    int above = plane + index(top, shape.height()) * shape.width();
    int below = plane + index(top + 1, shape.height()) * shape.width();
    int before = index(left, shape.width());
    int after = index(left + 1, shape.width());
    float upper = image[above + before] * (1 - right) + image[above + after] * right;
    float lower = image[below + before] * (1 - right) + image[below + after] * right;
    return upper * (1 - down) + lower * down;
  }
}
