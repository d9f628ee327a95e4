package io.github.posteriori.layers;

/**
 * The largest or the mean value of each window.
 *
 * @param taken what is taken of a window
 */
public record PoolLayer(int index, String name, Shape.Image input, Window window, Kind taken)
    implements StandardLayer {

  /** What is taken of a window. */
  public enum Kind {
    /** Its largest value; padding never counts. */
    MAX,
    /** Its mean; padding counts as zeros. */
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
