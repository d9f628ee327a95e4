package io.github.posteriori.layers;

/**
 * A pool: the largest or the mean value of each window.
 *
 * @param taken which value of a window is taken
 */
public record PoolLayer(int index, String name, Shape.Image input, Window window, Kind taken)
    implements StandardLayer {

  /** The value taken of a window. */
  public enum Kind {
    /** The largest value; padding never counts. */
    MAX,
    /** The mean; padding counts as zeros. */
    MEAN
  }

  public PoolLayer {
    if (2 * window.paddingRows() > window.rows()
        || 2 * window.paddingColumns() > window.columns()) {
      throw new IllegalArgumentException(
          name
              + ": padding exceeds half the kernel in "
              + window
              + ": a window could hold nothing but padding");
    }
    window.requireFit(name, input);
  }

  @Override
  public Shape.Image output() {
    return window.over(input, input.channels());
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.pool(this);
  }

  @Override
  public String kind() {
    return (taken == Kind.MAX ? "MaxPool " : "AvgPool ") + window;
  }
}
