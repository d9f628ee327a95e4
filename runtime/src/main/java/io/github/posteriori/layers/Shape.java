package io.github.posteriori.layers;

import java.io.Serializable;

/**
 * The shape of one example, without the batch dimension.
 *
 * <p>In memory a batch is {@code [batch, channels, height, width]} for images and {@code [batch,
 * count]} for features, row-major.
 */
public sealed interface Shape extends Serializable {

  /** The number of values of one example. */
  int size();

  /** Returns the dimensions of a batch of examples of this shape. */
  long[] batch(long examples);

  /**
   * Creates the shape of an image, {@code channels} x {@code height} x {@code width}, each at least
   * 1.
   */
  static Image image(int channels, int height, int width) {
    return new Image(channels, height, width);
  }

  /** Creates the shape of a vector of {@code count} features, at least 1. */
  static Features features(int count) {
    return new Features(count);
  }

  /** An image: {@code channels} planes of {@code height} x {@code width} pixels. */
  record Image(int channels, int height, int width) implements Shape {
    public Image {
      requirePositive(channels, "channels");
      requirePositive(height, "height");
      requirePositive(width, "width");
      if ((double) channels * height * width > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "an image of "
                + channels
                + " x "
                + height
                + " x "
                + width
                + " has more numbers than an array can hold, expected at most "
                + Integer.MAX_VALUE);
      }
    }

    @Override
    public int size() {
      return channels * height * width;
    }

    @Override
    public long[] batch(long examples) {
      return new long[] {examples, channels, height, width};
    }

    @Override
    public String toString() {
      return "[" + channels + ", " + height + ", " + width + "]";
    }
  }

  /** A plain vector. */
  record Features(int count) implements Shape {
    public Features {
      requirePositive(count, "features");
    }

    @Override
    public int size() {
      return count;
    }

    @Override
    public long[] batch(long examples) {
      return new long[] {examples, count};
    }

    @Override
    public String toString() {
      return "[" + count + "]";
    }
  }

  private static void requirePositive(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", expected at least 1");
    }
  }
}
