package io.github.posteriori.build;

import io.github.posteriori.layers.Shape;

/**
 * Checks the input of a layer.
 *
 * @param layer full name of the layer
 * @param shape the input shape
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
