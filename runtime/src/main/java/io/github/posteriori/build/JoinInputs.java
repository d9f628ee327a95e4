package io.github.posteriori.build;

import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * What a layer is to join, and whether it can.
 *
 * @param layer its full name
 * @param definition the class that declares it
 * @param shapes what goes in, in order
 */
record JoinInputs(String layer, String definition, List<Shape> shapes) {
  JoinInputs {
    if (shapes.size() < 2) {
      throw new IllegalArgumentException(
          layer
              + " of "
              + definition
              + " joins "
              + shapes
              + ", expected at least 2 outputs: name all the fields that it takes");
    }
  }

  /** The one shape of all inputs. */
  Shape equal() {
    if (shapes.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          layer
              + " of "
              + definition
              + " adds "
              + shapes
              + ", expected equal shapes: bring them to one, as a convolution with kernel 1 does"
              + " for channels and its stride for height and width");
    }
    return shapes.get(0);
  }

  /** The inputs, all features, or images of equal height and width. */
  List<Shape> sideBySide() {
    if (shapes.stream().map(JoinInputs::withoutChannels).distinct().count() > 1) {
      throw new IllegalArgumentException(
          layer
              + " of "
              + definition
              + " concatenates "
              + shapes
              + ", expected images of equal height and width, or features alone: bring them to one"
              + " size, or put a @Flatten field before it");
    }
    return shapes;
  }

  private static Shape withoutChannels(Shape shape) {
    return shape instanceof Shape.Image image
        ? Shape.image(1, image.height(), image.width())
        : Shape.features(1);
  }
}
