package io.github.posteriori.examples.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Choices by the name that the command line knows. */
final class Names {
  private Names() {}

  /**
   * The value that prints as {@code name}.
   *
   * @param what is chosen, for the message
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  static <T> T find(String what, String name, List<T> values) {
    return values.stream()
        .filter(value -> value.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + " is '" + name + "', expected one of " + values + likely(name, values)));
  }

  /** As {@link #find(String, String, List)}, among the constants of an enum. */
  static <E extends Enum<E>> E find(String what, String name, E[] values) {
    return find(what, name, List.of(values));
  }

  /** A question about the value that was meant, if no more than half of its letters are wrong. */
  private static String likely(String name, List<?> values) {
    return values.stream()
        .map(Object::toString)
        .filter(value -> 2 * distance(name, value) <= name.length())
        .min(Comparator.comparingInt(value -> distance(name, value)))
        .map(value -> ": did you mean " + value + "?")
        .orElse("");
  }

  /**
   * Letters to insert, to remove or to replace (Levenshtein), in lower case; those missing at the
   * end count for nothing, so that a beginning finds its name.
   */
  private static int distance(String written, String to) {
    String from = written.toLowerCase(Locale.ROOT);
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return Arrays.stream(above).min().orElseThrow();
  }
}
