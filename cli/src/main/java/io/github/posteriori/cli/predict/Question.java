package io.github.posteriori.cli.predict;

/** An example that a network is asked about. */
public sealed interface Question {

  /**
   * An example as the network takes it.
   *
   * @param place where it is from, such as {@code three.png}, {@code new.csv:2} for a line, or
   *     {@code new.npz[0]} for a row of an array
   * @param numbers of its pixels or features
   * @param hasLightGround whether it is a picture of ink on light ground
   */
  record Example(String place, float[] numbers, boolean hasLightGround) implements Question {}

  /**
   * An example that cannot be read.
   *
   * @param reason a message that says why
   */
  record Unreadable(String reason) implements Question {}
}
