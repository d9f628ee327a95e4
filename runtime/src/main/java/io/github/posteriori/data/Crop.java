package io.github.posteriori.data;

import io.github.posteriori.data.Augmentation.Padding;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/**
 * Padding on all sides, and a part of the former size at a place uniform among all. A signal, an
 * image of one row, is padded at its ends.
 *
 * @param pixels width of the padding, at least 0
 * @param padding what lies outside
 */
record Crop(int pixels, Padding padding) implements Transform {
  Crop {
    if (pixels < 0) {
      throw new IllegalArgumentException("crop is " + pixels + " pixels, expected at least 0");
    }
  }

  @Override
  public void requireFit(String name, Shape.Image shape) {
    int side = shape.height() == 1 ? shape.width() : Math.min(shape.height(), shape.width());
    if (padding == Padding.REFLECT && pixels >= side) {
      throw new IllegalArgumentException(
          "crop reflects %s pixels, but the images of %s are %s, expected at most %s: crop less"
              .formatted(pixels, name, shape, side - 1));
    }
  }

  @Override
  public void apply(
      Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random) {
    int drawn = random.below(2 * pixels + 1) - pixels;
    int top = shape.height() == 1 ? 0 : drawn;
    int left = random.below(2 * pixels + 1) - pixels;
    int width = shape.width();
    for (int plane = 0; plane < shape.size(); plane += shape.height() * width) {
      for (int y = 0; y < shape.height(); y++) {
        int row = inside(y + top, shape.height());
        int out = offset + plane + y * width;
        for (int x = 0; x < width; x++) {
          int column = inside(x + left, width);
          target[out + x] = row < 0 || column < 0 ? 0 : source[plane + row * width + column];
        }
      }
    }
  }

  /** Returns the pixel at a place that may lie outside, or -1 for zero. */
  private int inside(int place, int size) {
    if (place >= 0 && place < size) {
      return place;
    }
    return padding == Padding.ZERO ? -1 : place < 0 ? -place : 2 * (size - 1) - place;
  }

  @Override
  public String toString() {
    return "crop:" + pixels + (padding == Padding.REFLECT ? "/reflect" : "");
  }
}
