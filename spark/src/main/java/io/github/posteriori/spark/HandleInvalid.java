package io.github.posteriori.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of a row that cannot be scored, as Spark ML has it. */
enum HandleInvalid {
  /** The job fails. */
  ERROR,
  /** The row is left out. */
  SKIP,
  /** The row stays, without a prediction, and a column says why. */
  KEEP;

  static HandleInvalid named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  static List<String> names() {
    return Arrays.stream(values()).map(HandleInvalid::toString).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
