package io.github.posteriori.build;

import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * Checks the inputs of a layer that joins them.
 *
 * @param layer full name of the layer
 * @param definition the class that declares it
 * @param shapes the input shapes, in order
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

  /** Returns the shape that all inputs must share. */
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

  /** Returns the inputs, which must all be features, or images of equal height and width. */
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
