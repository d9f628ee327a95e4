package io.github.posteriori;

import io.github.posteriori.layers.Shape;
import java.util.function.Supplier;

/**
 * The numbers that a network takes for one example. Those of an image are pixels from 0 to 1, or
 * standardised ones; features and signals, which are images of one row, are any finite numbers.
 *
 * <p>Standardised pixels have mean 0, so some are negative, and hardly any is far from 0. What is
 * refused is neither: an image without a negative pixel that goes beyond {@value #MOST_POSITIVE},
 * such as bytes from 0 to 255, and any pixel beyond ±{@value #MOST}.
 *
 * @param shape the shape of one example
 */
record Pixels(Shape shape) {
  /** The largest pixel of an image that has no negative one. */
  static final float MOST_POSITIVE = 10;

  /** The largest absolute value of a pixel. */
  static final float MOST = 100;

  private static final int ONE = Float.floatToRawIntBits(1);

  /**
   * Returns whether some numbers are all from 0 to 1, without branches, so that asking costs next
   * to nothing. The answer for -0 is false.
   */
  static boolean areFromZeroToOne(float[] numbers, int from, int count) {
    int signs = 0;
    for (int i = from; i < from + count; i++) {
      int bits = Float.floatToRawIntBits(numbers[i]);
      signs |= bits | (ONE - bits); // positive floats are ordered as their bits are
    }
    return signs >= 0;
  }

  /**
   * Checks one example.
   *
   * @param from start of its numbers
   * @param image names it for a message
   * @throws IllegalArgumentException when a number is not what the network takes; it says which
   */
  void require(float[] numbers, int from, Supplier<String> image) {
    int least = from;
    int most = from;
    for (int i = from; i < from + shape.size(); i++) {
      if (!Float.isFinite(numbers[i])) {
        throw refusal(
            image,
            numbers[i],
            i - from,
            "expected finite numbers: look where the image was read or scaled");
      }
      least = numbers[i] < numbers[least] ? i : least;
      most = numbers[i] > numbers[most] ? i : most;
    }
    if (!(shape instanceof Shape.Image pixels) || pixels.height() == 1) {
      return;
    }
    boolean isTooLarge = numbers[most] > (numbers[least] < 0 ? MOST : MOST_POSITIVE);
    if (isTooLarge || numbers[least] < -MOST) {
      int wrong = isTooLarge ? most : least;
      throw refusal(
          image,
          numbers[wrong],
          wrong - from,
          "expected pixels from 0 to 1: divide by the largest that a pixel can have, 255 for"
              + " bytes");
    }
  }

  private IllegalArgumentException refusal(
      Supplier<String> image, float number, int position, String expected) {
    return new IllegalArgumentException(
        "%s has %s at position %s of %s, %s"
            .formatted(image.get(), number, position, shape, expected));
  }
}
