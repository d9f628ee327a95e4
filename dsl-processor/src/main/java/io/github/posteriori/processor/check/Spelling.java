package io.github.posteriori.processor.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the intended name behind a misspelt one. The runtime has its own version, for names of
 * options, because the processor never depends on the runtime.
 */
final class Spelling {
  private Spelling() {}

  /** Returns the nearest of {@code names}, unless it is too far from {@code name}. */
  static Optional<String> closest(String name, Collection<String> names) {
    return names.stream()
        .filter(candidate -> isNear(name, candidate))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  private static boolean isNear(String name, String candidate) {
    int distance = distance(name, candidate);
    return distance <= Math.max(1, name.length() / 3)
        && distance < Math.max(name.length(), candidate.length());
  }

  /** Returns the number of letters to insert, remove, replace, or swap with their neighbour. */
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
