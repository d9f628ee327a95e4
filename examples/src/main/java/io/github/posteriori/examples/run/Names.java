package io.github.posteriori.examples.run;

import java.util.Arrays;

/** Choices by the name that the command line knows. */
final class Names {
  private Names() {}

  /**
   * The value that prints as {@code name}.
   *
   * @param what is chosen, for the message
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  static <E extends Enum<E>> E find(String what, String name, E[] values) {
    return Arrays.stream(values)
        .filter(value -> value.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + " is '" + name + "', expected one of " + Arrays.toString(values)));
  }
}
