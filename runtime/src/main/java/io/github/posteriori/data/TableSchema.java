package io.github.posteriori.data;

import java.util.List;

/**
 * How the rows of a table become examples: which columns are features, and which words are classes.
 *
 * @param features the columns that are read, in the order of the features
 * @param target the column to be predicted; blank for rows that are all of the first class
 * @param classes the words of the target, by label
 */
public record TableSchema(List<Column> features, String target, List<String> classes) {

  /**
   * A column of features.
   *
   * @param name of the column
   * @param words of which each becomes a feature, 1 where the cell is that word and else 0; empty
   *     for a column of numbers, which is one feature
   */
  public record Column(String name, List<String> words) {
    int width() {
      return words.isEmpty() ? 1 : words.size();
    }
  }

  /** The number of features. */
  public int width() {
    return features.stream().mapToInt(Column::width).sum();
  }
}
