package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;

/** The height and width of what a network takes. */
public final class InputSize {
  private InputSize() {}

  /**
   * Resizes the images of a set to what a network takes; its channels stay as they are.
   *
   * @throws IllegalArgumentException when one side has pictures and the other signals
   */
  public static Dataset fit(Dataset set, BayesModule module) {
    if (!(module.inputShape() instanceof Shape.Image input)) {
      return set;
    }
    if (isSignal(input) != isSignal(set.shape())) {
      throw new IllegalArgumentException(
          "the network takes "
              + what(input)
              + ", but "
              + set.name()
              + " has "
              + what(set.shape())
              + ", and one cannot be resized to the other: choose another net, or train it on its"
              + " own kind of data in a program");
    }
    return set.resized(input.height(), input.width());
  }

  /**
   * Refuses a network of signals where pictures are given.
   *
   * @throws IllegalArgumentException when it is one
   */
  public static void requirePictures(Shape.Image input) {
    if (isSignal(input)) {
      throw new IllegalArgumentException(
          "the network takes "
              + what(input)
              + ", expected a network of pictures: call predict on signals in a program");
    }
  }

  private static boolean isSignal(Shape.Image shape) {
    return shape.height() == 1;
  }

  private static String what(Shape.Image shape) {
    return (isSignal(shape) ? "signals " : "images ") + shape;
  }
}
