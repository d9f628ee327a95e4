package io.github.posteriori.layers;

/**
 * The filters of a convolution.
 *
 * @param out output channels, at least 1
 * @param window size, stride, padding and dilation of a filter
 * @param groups number of groups of channels, each of which takes only its own input channels; a
 *     divisor of the input and the output channels
 * @param bias whether a bias is added to each output channel
 */
public record Filters(int out, Window window, int groups, boolean bias) {

  public Filters {
    if (out < 1) {
      throw new IllegalArgumentException("out is " + out + ", expected at least 1");
    }
    if (groups < 1) {
      throw new IllegalArgumentException("groups is " + groups + ", expected at least 1");
    }
  }

  /** Creates {@code out} filters with a bias, in one group. */
  public static Filters of(int out, Window window) {
    return new Filters(out, window, 1, true);
  }

  /** Returns these filters without a bias. */
  public Filters withoutBias() {
    return new Filters(out, window, groups, false);
  }

  /** Returns these filters in {@code groups} groups. */
  public Filters groups(int groups) {
    return new Filters(out, window, groups, bias);
  }

  @Override
  public String toString() {
    return out
        + ", "
        + window
        + (groups == 1 ? "" : ", groups " + groups)
        + (bias ? "" : ", no bias");
  }
}
