package io.github.posteriori.names;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the intended name behind a misspelt one. */
public final class Spelling {
  private Spelling() {}

  /**
   * Returns {@code : did you mean NAME?} with the nearest of {@code names}, ignoring case; empty if
   * {@code written} is empty or more than half of the letters would have to be wrong.
   */
  public static String hint(String written, Collection<String> names) {
    return names.stream()
        .filter(name -> !written.isBlank() && 2 * distance(written, name) <= written.length())
        .min(Comparator.comparingInt(name -> distance(written, name)))
        .map(meant -> ": did you mean " + meant + "?")
        .orElse("");
  }

  /**
   * Returns the number of letters to insert, remove or replace (Levenshtein). Letters missing at
   * the end are free, so that a prefix finds its name.
   */
  private static int distance(String written, String name) {
    String from = written.toLowerCase(Locale.ROOT);
    String to = name.toLowerCase(Locale.ROOT);
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
