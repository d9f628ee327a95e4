package io.github.posteriori.cli.names;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import java.util.Locale;

/** What one of a set's examples is called. */
public enum ExampleWord {
  /** Of pictures. */
  IMAGE,
  /** Of signals and features. */
  EXAMPLE;

  /** The word for the examples of a set. */
  public static ExampleWord of(Dataset set) {
    boolean picture = set.shape() instanceof Shape.Image image && image.height() > 1;
    return picture ? IMAGE : EXAMPLE;
  }

  /** The word for several. */
  public String plural() {
    return this + "s";
  }

  /** Writes how many examples a set has: "1 image", "1350 examples". */
  public static String count(Dataset set) {
    return count(set.size(), set);
  }

  /** Writes a number of a set's examples. */
  public static String count(int number, Dataset set) {
    return number + " " + (number == 1 ? of(set) : of(set).plural());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
