package io.github.posteriori.cli.serve;

import io.github.posteriori.layers.Shape;
import java.util.Optional;
import java.util.Set;

/** Turns the body of a request into what a network takes. */
interface Intake {

  /**
   * Takes what fits a shape: pictures, or else numbers.
   *
   * @param invert whether dark and light of pictures are exchanged
   */
  static Intake of(Shape shape, boolean invert) {
    if (shape instanceof Shape.Image image && isPicture(image)) {
      return new PictureIntake(image, invert);
    }
    return new NumbersIntake(shape, Optional.empty());
  }

  /** An image of one row is a signal, and other channels than grey or colours are in no file. */
  private static boolean isPicture(Shape.Image image) {
    return image.height() > 1 && (image.channels() == 1 || image.channels() == 3);
  }

  /** What a body became, and what may be wrong with it. */
  record Taken(float[] numbers, Optional<String> hint) {}

  /** Parameters of the address that it understands. */
  Set<String> parameters();

  /**
   * Prepares a body.
   *
   * @param type the stated media type, without parameters and in lower case; empty without one
   * @param nanoseconds how long it may wait for memory
   * @throws Refusal when the body is not what the network takes
   */
  Taken take(byte[] body, String type, Query query, long nanoseconds) throws InterruptedException;
}
