package io.github.posteriori.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What someone says of a table's columns.
 *
 * @param target the column to be predicted, or several, with commas between them
 * @param ignored columns that are left out
 * @param classes whether numbers in the target are names of classes
 */
public record TableColumns(String target, List<String> ignored, boolean classes) {
  /**
   * Names the column to be predicted, whose words are classes and whose numbers are regressed; all
   * others are features.
   */
  public TableColumns(String target) {
    this(target, List.of(), false);
  }

  /** Finds the columns of the target among those of a table, whose names may have commas. */
  List<String> targets(List<String> header) {
    List<String> found = new ArrayList<>();
    List<String> parts = List.of(target.split(",", -1));
    for (int from = 0; from < parts.size(); ) {
      int to = parts.size();
      while (to > from + 1 && !header.contains(name(parts, from, to))) {
        to--;
      }
      found.add(name(parts, from, to));
      from = to;
    }
    return found;
  }

  private static String name(List<String> parts, int from, int to) {
    return String.join(",", parts.subList(from, to)).strip();
  }
}
