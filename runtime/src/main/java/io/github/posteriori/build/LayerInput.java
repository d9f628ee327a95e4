package io.github.posteriori.build;

import io.github.posteriori.layers.Shape;

/**
 * What a layer is to take, and whether it can.
 *
 * @param layer its full name
 * @param shape what goes in
 */
record LayerInput(String layer, Shape shape) {

  Shape.Image image() {
    if (shape instanceof Shape.Image image) {
      return image;
    }
    throw new IllegalArgumentException(
        layer + ": the input is " + shape + ", expected an image [channels, height, width]");
  }

  Shape.Features features() {
    if (shape instanceof Shape.Features features) {
      return features;
    }
    throw new IllegalArgumentException(
        layer
            + ": the input is the image "
            + shape
            + ", expected features: put a @Flatten field before it");
  }
}
