package io.github.posteriori.build;

import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Shape;

/**
 * The weights that a convolution needs.
 *
 * @param layer its full name
 * @param input what it takes
 * @param filters what it is made of
 */
record FilterWeights(String layer, Shape.Image input, Filters filters) {
  FilterWeights {
    requireDivisor(layer, filters.groups(), input.channels(), "input");
    requireDivisor(layer, filters.groups(), filters.out(), "output");
  }

  /** {@code [out, in / groups, rows, columns]}. */
  long[] shape() {
    return new long[] {
      filters.out(),
      input.channels() / filters.groups(),
      filters.window().rows(),
      filters.window().columns()
    };
  }

  /** How many numbers go into one output. */
  int fanIn() {
    return input.channels()
        / filters.groups()
        * filters.window().rows()
        * filters.window().columns();
  }

  private static void requireDivisor(String layer, int groups, int channels, String which) {
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          layer
              + ": groups is "
              + groups
              + ", expected a divisor of the "
              + channels
              + " "
              + which
              + " channels");
    }
  }
}
