package io.github.posteriori.layers;

/**
 * Linear interpolation along one side of an image. Pixel i of the enlarged side has its centre at
 * {@code c = (i + 1/2) / factor - 1/2} of the input, no less than 0, and is {@code (1 - share)
 * x[first] + share x[first + 1]} with {@code first = floor(c)} and {@code share = c - first};
 * behind the last pixel it is that pixel.
 *
 * @param first the lower of the two inputs, for each output
 * @param share of the other; 0 where there is none
 */
public record LinearTaps(int[] first, float[] share) {

  /**
   * Returns the taps of a side of {@code size} pixels that becomes {@code factor} times as long.
   */
  static LinearTaps of(int size, int factor) {
    int[] first = new int[size * factor];
    float[] share = new float[first.length];
    for (int i = 0; i < first.length; i++) {
      double centre = Math.max(0, (i + 0.5) / factor - 0.5);
      first[i] = (int) centre;
      share[i] = first[i] == size - 1 ? 0 : (float) (centre - first[i]);
    }
    return new LinearTaps(first, share);
  }

  /** The number of outputs. */
  public int outputs() {
    return first.length;
  }

  /** Returns the other input of an output, or the same one again where its share is 0. */
  public int second(int output) {
    return first[output] + (share[output] == 0 ? 0 : 1);
  }
}
