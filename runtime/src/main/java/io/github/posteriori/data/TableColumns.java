package io.github.posteriori.data;

import java.util.List;

/**
 * What someone says of a table's columns.
 *
 * @param target the column to be predicted
 * @param ignored columns that are left out
 * @param classes whether numbers in the target are names of classes
 */
public record TableColumns(String target, List<String> ignored, boolean classes) {
  /** Names the column to be predicted, whose words are classes; all others are features. */
  public TableColumns(String target) {
    this(target, List.of(), false);
  }
}
