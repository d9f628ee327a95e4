package io.github.posteriori.layers;

/** Flattening of an image into features, channel by channel and row by row. */
public record FlattenLayer(int index, String name, Shape input) implements StandardLayer {

  @Override
  public Shape.Features output() {
    return Shape.features(input.size());
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.flatten(this);
  }

  @Override
  public String kind() {
    return "Flatten";
  }
}
