package io.github.posteriori.moments;

import io.github.posteriori.engine.Signal;

/**
 * Means and variances of the activations of some images, which are taken to be independent.
 *
 * @param count number of images
 * @param means {@code [elements, count]}, row-major: an image is a column
 * @param variances of the same shape, at least 0; empty where nothing varies
 */
record Moments(int count, float[] means, float[] variances) implements Signal {
  private static final float[] NONE = {};

  /** Creates the moments of numbers that do not vary. */
  static Moments exact(int count, float[] values) {
    return new Moments(count, values, NONE);
  }

  /** Returns whether nothing varies. */
  boolean isExact() {
    return variances.length == 0;
  }
}
