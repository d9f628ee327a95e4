package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;

/** The grey of images: {@code 0.299 red + 0.587 green + 0.114 blue} (ITU-R BT.601). */
final class Grey {
  private Grey() {}

  /** Returns the grey of each pixel; of one channel that channel. */
  static float[] of(Shape.Image shape, float[] image) {
    int plane = shape.height() * shape.width();
    float[] grey = new float[plane];
    for (int i = 0; i < plane; i++) {
      grey[i] =
          shape.channels() == 1
              ? image[i]
              : 0.299f * image[i] + 0.587f * image[i + plane] + 0.114f * image[i + 2 * plane];
    }
    return grey;
  }
}
