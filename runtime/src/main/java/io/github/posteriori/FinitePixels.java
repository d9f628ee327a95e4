package io.github.posteriori;

import io.github.posteriori.layers.Shape;

/** Rejects pixels that would silently make every probability NaN. */
final class FinitePixels {
  private FinitePixels() {}

  /**
   * Checks every pixel of a batch.
   *
   * @param images of {@code shape}, row-major
   * @param first number of the first image, for messages
   * @throws IllegalArgumentException when a pixel is NaN or infinite; it names the first one
   */
  static void require(float[] images, Shape shape, int first) {
    for (int i = 0; i < images.length; i++) {
      if (!Float.isFinite(images[i])) {
        throw new IllegalArgumentException(
            "image "
                + (first + i / shape.size())
                + " has "
                + images[i]
                + " at position "
                + i % shape.size()
                + " of "
                + shape
                + ", expected finite numbers: look where the image was read or scaled");
      }
    }
  }
}
