package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.noise.KeyedRandom;

/** A random variation of one image that keeps its shape. */
sealed interface Transform permits Motion, Crop, ResizedCrop, ColourJitter, Cutout, Corrupting {

  /**
   * Writes a variation of an image.
   *
   * @param source the image, {@code [channels, height, width]}
   * @param target receives the variation from {@code offset} on; another array
   */
  void apply(Shape.Image shape, float[] source, float[] target, int offset, KeyedRandom random);

  /**
   * Checks that images of a shape can be varied so.
   *
   * @throws IllegalArgumentException if they cannot
   */
  default void requireFit(String name, Shape.Image shape) {}

  /** Returns what {@link Augmentation#parse} reads. */
  @Override
  String toString();

  /** Throws if {@code what} is not from {@code least} to {@code most}. */
  static void require(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          what + " is " + text(value) + ", expected " + text(least) + " to " + text(most));
    }
  }

  /** Returns a number as one would write it, without {@code .0}. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
