package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;

/** The height and width of what a network takes. */
public final class InputSize {
  private InputSize() {}

  /**
   * Resizes the images of a set to what a network takes. Pictures become grey or coloured as it
   * takes them; other images keep their channels.
   *
   * @throws IllegalArgumentException when one side has pictures and the other signals or features
   */
  public static Dataset fit(Dataset set, BayesModule module) {
    if (!(module.inputShape() instanceof Shape.Image input)) {
      return set;
    }
    if (!(set.shape() instanceof Shape.Image own) || isSignal(input) != isSignal(own)) {
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
    return set.shaped(input);
  }

  /**
   * Returns the number of channels of a set's images.
   *
   * @throws IllegalArgumentException when it has features
   */
  public static int channels(Dataset set) {
    if (set.shape() instanceof Shape.Image image) {
      return image.channels();
    }
    throw new IllegalArgumentException(
        "the network takes images, but "
            + set.name()
            + " has "
            + what(set.shape())
            + ": choose a network of features");
  }

  /** Returns whether images are signals, which have one row. */
  public static boolean isSignal(Shape.Image shape) {
    return shape.height() == 1;
  }

  /** Says what examples of a shape are. */
  public static String what(Shape shape) {
    if (!(shape instanceof Shape.Image image)) {
      return "features " + shape;
    }
    return (isSignal(image) ? "signals " : "images ") + shape;
  }
}
