package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import java.util.Arrays;

/**
 * What the dimensions of an array of examples mean.
 *
 * @param shape of one example
 * @param channelsLast whether the channels of an image are its last dimension
 */
record NumpyLayout(Shape shape, boolean channelsLast) {
  /** Most channels that are told from a height or width by being few. */
  private static final int FEW = 4;

  /**
   * Reads the dimensions.
   *
   * @param where the array, for messages
   * @throws DataException if they can mean nothing, or two things
   */
  static NumpyLayout of(NpyHeader x, String where) {
    int[] n = x.shape();
    if (Arrays.stream(n).anyMatch(dimension -> dimension == 0)) {
      throw DataException.of(
          where, "an empty array " + Arrays.toString(n), "examples", "Save some.");
    }
    boolean bytes = x.type().equals("u1") || x.type().equals("b1");
    return switch (n.length) {
      case 2 -> new NumpyLayout(Shape.features(n[1]), false);
      case 3 ->
          new NumpyLayout(bytes ? Shape.image(1, n[1], n[2]) : Shape.image(n[1], 1, n[2]), false);
      case 4 -> images(n, where);
      default ->
          throw DataException.of(
              where,
              "an array of " + n.length + " dimensions",
              "images of 4, signals of 3 or features of 2, the first of which counts examples",
              "Give it another shape with reshape.");
    };
  }

  private static NumpyLayout images(int[] n, String where) {
    boolean first = n[1] <= FEW && n[3] > FEW;
    boolean last = n[3] <= FEW && n[1] > FEW;
    if (first == last) {
      first = n[2] == n[3] && n[1] != n[2];
      last = n[1] == n[2] && n[3] != n[2];
    }
    if (first == last) {
      throw DataException.of(
          where,
          "images of "
              + Arrays.toString(n)
              + ", of which the channels may be the second or last"
              + " dimension",
          "few channels, or images as high as wide",
          "Save them with another size, or as features.");
    }
    return new NumpyLayout(
        first ? Shape.image(n[1], n[2], n[3]) : Shape.image(n[3], n[1], n[2]), last);
  }

  /** Moves channels that come last before rows and columns; the array is changed in place. */
  Object channelsFirst(Object values) {
    if (!channelsLast || !(shape instanceof Shape.Image image)) {
      return values;
    }
    int plane = image.height() * image.width();
    int size = shape.size();
    int all = values instanceof byte[] bytes ? bytes.length : ((float[]) values).length;
    Object one = values instanceof byte[] ? new byte[size] : new float[size];
    for (int start = 0; start < all; start += size) {
      System.arraycopy(values, start, one, 0, size);
      for (int pixel = 0; pixel < plane; pixel++) {
        for (int channel = 0; channel < image.channels(); channel++) {
          System.arraycopy(
              one, pixel * image.channels() + channel, values, start + channel * plane + pixel, 1);
        }
      }
    }
    return values;
  }
}
