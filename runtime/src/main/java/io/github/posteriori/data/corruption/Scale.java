package io.github.posteriori.data.corruption;

import io.github.posteriori.layers.Shape;

/**
 * Which parameters images take, and how long their pixels are.
 *
 * @param small whether they take those of CIFAR-10-C, else those of ImageNet-C
 * @param side the shorter side of an image, in pixels
 */
record Scale(boolean small, int side) {
  private static final int LEAST_LARGE = 64;
  private static final double SIDE_OF_LARGE = 224;

  static Scale of(Shape.Image shape) {
    int side = Math.min(shape.height(), shape.width());
    return new Scale(side < LEAST_LARGE, side);
  }

  /** Returns the parameter of a strength. */
  <T> T choose(int strength, T[] small, T[] large) {
    return (this.small ? small : large)[strength - 1];
  }

  /** Returns the parameter of a strength. */
  double choose(int strength, double[] small, double[] large) {
    return (this.small ? small : large)[strength - 1];
  }

  /** Returns in pixels of these images a length that is stated in those of the published sets. */
  double length(double pixels) {
    return small ? pixels : pixels * side / SIDE_OF_LARGE;
  }

  /** Returns a length as {@link #length}, in whole pixels, at least 1. */
  int whole(double pixels) {
    return (int) Math.max(1, Math.round(length(pixels)));
  }
}
