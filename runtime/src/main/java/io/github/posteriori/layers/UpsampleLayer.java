package io.github.posteriori.layers;

/**
 * An enlargement of an image, each of whose pixels becomes several equal ones.
 *
 * @param rows the factor of the height
 * @param columns the factor of the width
 */
public record UpsampleLayer(int index, String name, Shape.Image input, int rows, int columns)
    implements StandardLayer {

  public UpsampleLayer {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          name + ": scale is " + rows + "x" + columns + ", expected at least 1");
    }
  }

  @Override
  public Shape.Image output() {
    return Shape.image(input.channels(), rows * input.height(), columns * input.width());
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.upsample(this);
  }

  @Override
  public String kind() {
    return "Upsample " + rows + "x" + columns;
  }
}
