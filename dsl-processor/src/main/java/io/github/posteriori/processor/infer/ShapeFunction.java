package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The output shape that a {@code @Custom} field declares.
 *
 * @param dimensions dimensions of the output: none for the input's shape, one for features, three
 *     for an image
 */
public record ShapeFunction(List<Arithmetic> dimensions) {

  /** Returns the declared function, if it can be parsed. */
  public static Optional<ShapeFunction> of(LayerSpec.Custom layer) {
    List<Arithmetic> read =
        layer.output().stream()
            .map(Stated::value)
            .flatMap(entry -> ArithmeticParser.parse(entry).stream())
            .toList();
    boolean complete = read.size() == layer.output().size();
    boolean shape = read.isEmpty() || read.size() == 1 || read.size() == 3;
    return complete && shape ? Optional.of(new ShapeFunction(read)) : Optional.empty();
  }

  /** Returns the names of the dimensions of an input, with their sizes. */
  public static Map<String, Count> names(Shape input) {
    Map<String, Count> names = new LinkedHashMap<>();
    if (input instanceof Shape.Image image) {
      names.put("channels", image.channels());
      names.put("height", image.height());
      names.put("width", image.width());
    } else if (input instanceof Shape.Features features) {
      names.put("features", features.count());
    }
    return names;
  }

  /** Returns the output shape; unknown if a name or a size is invalid. */
  Shape output(Shape input) {
    if (dimensions.isEmpty()) {
      return input;
    }
    if (names(input).values().stream().anyMatch(Count::isUncountable)) {
      return new Shape.Unknown(); // reported at its origin, before functions let it grow further
    }
    List<Count> sizes =
        dimensions.stream()
            .flatMap(dimension -> dimension.value(names(input)).stream())
            .filter(size -> !size.isBelow(1))
            .toList();
    if (sizes.size() != dimensions.size()) {
      return new Shape.Unknown();
    }
    return sizes.size() == 1
        ? new Shape.Features(sizes.get(0))
        : new Shape.Image(sizes.get(0), sizes.get(1), sizes.get(2));
  }
}
