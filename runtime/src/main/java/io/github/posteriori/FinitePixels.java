package io.github.posteriori;

import io.github.posteriori.layers.Shape;

/** Refuses images that would make every probability NaN without a word. */
final class FinitePixels {
  private FinitePixels() {}

  /**
   * Looks at every pixel of a batch.
   *
   * @param images of {@code shape}, row-major
   * @param first number of the first image, for the message
   * @throws IllegalArgumentException when a pixel is NaN or infinite, naming the first such
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
