package io.github.posteriori.layers;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The concatenation of several outputs: images along the channels, or features.
 *
 * @param inputs the shapes of at least 2 inputs, in order: images of equal height and width, or
 *     features
 */
public record ConcatLayer(int index, String name, List<Shape> inputs) implements JoinLayer {
  public ConcatLayer {
    inputs = List.copyOf(inputs);
  }

  /** The shape of all inputs together, which is {@link #output()}. */
  @Override
  public Shape input() {
    int parts = inputs.stream().mapToInt(ConcatLayer::parts).sum();
    return inputs.get(0) instanceof Shape.Image image
        ? Shape.image(parts, image.height(), image.width())
        : Shape.features(parts);
  }

  @Override
  public Shape output() {
    return input();
  }

  @Override
  public <R> R match(LayerCases<R> cases) {
    return cases.concat(this);
  }

  @Override
  public String kind() {
    return inputs.stream()
        .map(shape -> String.valueOf(parts(shape)))
        .collect(Collectors.joining(" + ", "Concat ", ""));
  }

  /** Returns the number of channels of an image, or of features. */
  private static int parts(Shape shape) {
    return shape instanceof Shape.Image image ? image.channels() : shape.size();
  }
}
