package io.github.posteriori.layers;

/**
 * A normalisation of each example by its own statistics: its numbers, row-major, are cut into
 * {@link #groups} equal parts, each of which is brought to mean 0 and variance 1; then it is scaled
 * and shifted.
 */
public sealed interface ExampleNorm extends StandardLayer permits LayerNormLayer, GroupNormLayer {

  /** The number added to the variance under the root. */
  double EPSILON = 1e-5;

  /** The number of parts that are normalised apart. */
  int groups();

  /** Gamma, one factor for each {@link #run} of neighbouring numbers. */
  Parameter scale();

  /** Beta, like {@link #scale}. */
  Parameter shift();

  /** The numbers of a group. */
  default int groupSize() {
    return input().size() / groups();
  }

  /** The neighbouring numbers that share a scale and a shift. */
  default int run() {
    return input().size() / scale().size();
  }

  @Override
  default Shape output() {
    return input();
  }

  /**
   * Checks that the groups can be normalised.
   *
   * @throws IllegalArgumentException when a group is a single number
   */
  static void requireSeveral(String name, Shape input, int groups) {
    if (input.size() <= groups) {
      throw new IllegalArgumentException(
          name
              + " normalises single numbers of the input "
              + input
              + ", which are their own mean, expected groups of at least two: take fewer groups, or"
              + " leave the layer out");
    }
  }
}
