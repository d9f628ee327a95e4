package io.github.posteriori.data;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How the rows of a table become examples: which columns are features, and which are predicted, as
 * classes or as numbers.
 *
 * @param features the columns that are read, in the order of the features
 * @param target the column whose words are classes; blank for rows that are all of the first class,
 *     and where numbers are predicted
 * @param classes the words of the target, by label; none where numbers are predicted
 * @param numbers the columns whose numbers are predicted; none where classes are
 */
public record TableSchema(
    List<Column> features, String target, List<String> classes, List<String> numbers)
    implements Serializable {
  public TableSchema {
    numbers = numbers == null ? List.of() : List.copyOf(numbers); // Files of classes say nothing.
  }

  /** Describes a table whose target is a class. */
  public TableSchema(List<Column> features, String target, List<String> classes) {
    this(features, target, classes, List.of());
  }

  /** Returns this with rows of which nothing is predicted: all are of one class. */
  public TableSchema withoutTarget() {
    return new TableSchema(features, "", List.of("unlabelled"));
  }

  /**
   * A column of features.
   *
   * @param name of the column
   * @param words of which each becomes a feature, 1 where the cell is that word and else 0; empty
   *     for a column of numbers, which is one feature
   */
  public record Column(String name, List<String> words) implements Serializable {
    int width() {
      return words.isEmpty() ? 1 : words.size();
    }
  }

  /** The number of features. */
  public int width() {
    return features.stream().mapToInt(Column::width).sum();
  }

  /**
   * Turns the cells of a row into features.
   *
   * @param cells by their columns; those that are no features do not count
   * @throws IllegalArgumentException if a column is missing, or its cell is neither a number nor a
   *     known word
   */
  public float[] features(Map<String, String> cells) {
    float[] into = new float[width()];
    int at = 0;
    for (Column column : features) {
      String cell = cells.get(column.name());
      if (cell == null) {
        throw unusable(column, "nothing");
      }
      if (column.words().isEmpty()) {
        if (!CsvNumber.isOne(cell, ',') || !Float.isFinite(CsvNumber.of(cell))) {
          throw unusable(column, "'" + cell + "'");
        }
        into[at] = CsvNumber.of(cell);
      } else {
        int word = column.words().indexOf(cell);
        if (word < 0) {
          throw unusable(column, "'" + cell + "'");
        }
        into[at + word] = 1;
      }
      at += column.width();
    }
    return into;
  }

  private static IllegalArgumentException unusable(Column column, String found) {
    return new IllegalArgumentException(
        "the row has %s in the column '%s', expected %s: fill it in, or correct it"
            .formatted(
                found,
                column.name(),
                column.words().isEmpty() ? "a number" : "one of " + column.words()));
  }
}
