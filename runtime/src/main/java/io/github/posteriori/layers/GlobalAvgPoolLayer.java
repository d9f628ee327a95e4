package io.github.posteriori.layers;

/** A mean of each channel over all its pixels, {@code [channels]}. */
public record GlobalAvgPoolLayer(int index, String name, Shape.Image input)
    implements StandardLayer {

  @Override
  public Shape.Features output() {
    return Shape.features(input.channels());
  }

  /** Returns the pool of one window that gives the same numbers, as an image of one pixel. */
  public PoolLayer asPool() {
    Window window = Window.kernel(input.height(), input.width());
    return new PoolLayer(index, name, input, window, PoolLayer.Kind.MEAN);
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.globalAvgPool(this);
  }

  @Override
  public String kind() {
    return "GlobalAvgPool";
  }
}
