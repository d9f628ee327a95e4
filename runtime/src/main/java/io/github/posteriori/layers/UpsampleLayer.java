package io.github.posteriori.layers;

import io.github.posteriori.annotations.Interpolation;

/**
 * An enlargement of an image.
 *
 * @param rows the factor of the height
 * @param columns the factor of the width
 * @param interpolation where the pixels of the output come from
 */
public record UpsampleLayer(
    int index, String name, Shape.Image input, int rows, int columns, Interpolation interpolation)
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

  /** The interpolation of rows, if the layer is bilinear. */
  public LinearTaps rowTaps() {
    return LinearTaps.of(input.height(), rows);
  }

  /** The interpolation of columns, if the layer is bilinear. */
  public LinearTaps columnTaps() {
    return LinearTaps.of(input.width(), columns);
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.upsample(this);
  }

  @Override
  public String kind() {
    return "Upsample "
        + rows
        + "x"
        + columns
        + (interpolation == Interpolation.BILINEAR ? ", bilinear" : "");
  }
}
