package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;

/** Enlarges images around their centre, to the same height and width. */
final class Zoom {
  private Zoom() {}

  /**
   * Returns an image that is {@code factor} times as large, of which the borders are cut off.
   *
   * @param factor at least 1
   */
  static float[] enlarge(Shape.Image shape, float[] image, double factor) {
    int height = shape.height();
    int width = shape.width();
    double centreY = (height - 1) / 2.0;
    double centreX = (width - 1) / 2.0;
    float[] enlarged = new float[image.length];
    int out = 0;
    for (int plane = 0; plane < image.length; plane += height * width) {
      for (int y = 0; y < height; y++) {
        double fromY = centreY + (y - centreY) / factor;
        for (int x = 0; x < width; x++) {
          double fromX = centreX + (x - centreX) / factor;
          enlarged[out++] = Mirrored.at(image, plane, shape, fromY, fromX);
        }
      }
    }
    return enlarged;
  }
}
