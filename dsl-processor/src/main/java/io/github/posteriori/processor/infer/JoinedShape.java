package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;
import java.util.Optional;

/** The shape of joined outputs. */
public final class JoinedShape {
  private JoinedShape() {}

  /** Returns the joined shape; unknown if one of {@code shapes} is, or if they do not fit. */
  static Shape of(LayerSpec.Join.Kind kind, List<Shape> shapes) {
    if (shapes.contains(new Shape.Unknown()) || misfit(kind, shapes).isPresent()) {
      return new Shape.Unknown();
    }
    return kind == LayerSpec.Join.Kind.ADD
        ? shapes.get(0)
        : shapes.stream().reduce(JoinedShape::behind).orElseThrow();
  }

  /** Returns the first known shape that cannot be joined with the first of {@code shapes}. */
  public static Optional<Shape> misfit(LayerSpec.Join.Kind kind, List<Shape> shapes) {
    Shape first = shapes.get(0);
    return shapes.stream().filter(shape -> differ(kind, first, shape)).findFirst();
  }

  private static boolean differ(LayerSpec.Join.Kind kind, Shape a, Shape b) {
    if (a instanceof Shape.Image one && b instanceof Shape.Image other) {
      return one.height().differsFrom(other.height())
          || one.width().differsFrom(other.width())
          || kind == LayerSpec.Join.Kind.ADD && one.channels().differsFrom(other.channels());
    }
    if (a instanceof Shape.Features one && b instanceof Shape.Features other) {
      return kind == LayerSpec.Join.Kind.ADD && one.count().differsFrom(other.count());
    }
    return !(a instanceof Shape.Unknown) && !(b instanceof Shape.Unknown);
  }

  private static Shape behind(Shape a, Shape b) {
    if (a instanceof Shape.Image one && b instanceof Shape.Image other) {
      return new Shape.Image(one.channels().plus(other.channels()), one.height(), one.width());
    }
    return new Shape.Features(((Shape.Features) a).count().plus(((Shape.Features) b).count()));
  }
}
