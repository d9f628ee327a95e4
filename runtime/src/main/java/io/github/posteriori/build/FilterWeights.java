package io.github.posteriori.build;

import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Shape;

/**
 * The weights of a convolution.
 *
 * @param layer full name of the layer
 * @param input shape of its input
 * @param filters its filters
 */
record FilterWeights(String layer, Shape.Image input, Filters filters) {
  FilterWeights {
    requireDivisor(layer, filters.groups(), input.channels(), "input");
    requireDivisor(layer, filters.groups(), filters.out(), "output");
  }

  /** The shape of the weight tensor: {@code [out, in / groups, rows, columns]}. */
  long[] shape() {
    return new long[] {
      filters.out(),
      input.channels() / filters.groups(),
      filters.window().rows(),
      filters.window().columns()
    };
  }

  /** The number of inputs of one output. */
  int fanIn() {
    return input.channels()
        / filters.groups()
        * filters.window().rows()
        * filters.window().columns();
  }

  /**
   * The shape of the weight tensor of a transposed one: {@code [in, out / groups, rows, columns]}.
   */
  long[] transposedShape() {
    return new long[] {
      input.channels(),
      filters.out() / filters.groups(),
      filters.window().rows(),
      filters.window().columns()
    };
  }

  /**
   * The number of inputs of one output of a transposed one, in the mean: with a stride, outputs
   * have several numbers of them.
   */
  int transposedFanIn() {
    int strides = filters.window().strideRows() * filters.window().strideColumns();
    return Math.max(1, fanIn() / strides);
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
