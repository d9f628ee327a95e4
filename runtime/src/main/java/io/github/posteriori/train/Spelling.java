package io.github.posteriori.train;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was meant to be. */
final class Spelling {
  private Spelling() {}

  /** {@code : did you mean NAME?} with the nearest of {@code names}, or nothing. */
  static String hint(String name, Collection<String> names) {
    return closest(name, names).map(meant -> ": did you mean " + meant + "?").orElse("");
  }

  /** The nearest of {@code names}, unless {@code name} would have to be rewritten to reach it. */
  private static Optional<String> closest(String name, Collection<String> names) {
    return names.stream()
        .filter(
            candidate ->
                distance(name.toLowerCase(Locale.ROOT), candidate)
                    <= Math.max(1, name.length() / 3))
        .min(
            Comparator.comparingInt(
                candidate -> distance(name.toLowerCase(Locale.ROOT), candidate)));
  }

  /** Letters to insert, to remove, to replace, or to swap with their neighbour. */
  private static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int replaced = steps[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        steps[i][j] = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
      }
    }
    return steps[from.length()][to.length()];
  }
}
