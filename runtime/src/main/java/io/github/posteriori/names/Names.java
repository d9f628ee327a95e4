package io.github.posteriori.names;

import java.util.List;

/** Choices by the name that a program knows. */
public final class Names {
  private Names() {}

  /**
   * Finds the value that prints as {@code name}.
   *
   * @param what is chosen, for the message
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  public static <T> T find(String what, String name, List<T> values) {
    return values.stream()
        .filter(value -> value.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what
                        + " is '"
                        + name
                        + "', expected one of "
                        + values
                        + Spelling.hint(name, values.stream().map(Object::toString).toList())));
  }

  /** Finds a constant of an enum, as {@link #find(String, String, List)}. */
  public static <E extends Enum<E>> E find(String what, String name, E[] values) {
    return find(what, name, List.of(values));
  }
}
