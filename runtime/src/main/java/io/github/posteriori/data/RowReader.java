package io.github.posteriori.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the rows of one file into features and labels, as a schema says. */
final class RowReader {
  private final CsvFile file;
  private final TableSchema schema;
  private final int[] places;
  private final List<Map<String, Integer>> words;
  private final int target;
  private final Map<String, Integer> labels;
  private final int[] regressed;

  /**
   * Finds the schema's columns, in whatever order the file has them.
   *
   * @param labelled whether the target is needed, too
   * @throws DataException if the file lacks one
   */
  RowReader(CsvFile file, TableSchema schema, boolean labelled) {
    this.file = file;
    this.schema = schema;
    this.places =
        schema.features().stream().mapToInt(column -> place(file, column.name())).toArray();
    this.words = schema.features().stream().map(column -> numbered(column.words())).toList();
    this.target = labelled && !schema.target().isEmpty() ? place(file, schema.target()) : -1;
    this.labels = numbered(schema.classes());
    this.regressed =
        labelled
            ? schema.numbers().stream().mapToInt(column -> place(file, column)).toArray()
            : new int[0];
  }

  private static int place(CsvFile file, String name) {
    int place = file.header().indexOf(name);
    if (place < 0) {
      throw DataException.of(
          file.file(),
          "no column '" + name + "'",
          "the columns that the network was trained on",
          "Add it, or correct the header.");
    }
    return place;
  }

  private static Map<String, Integer> numbered(List<String> words) {
    Map<String, Integer> numbers = new HashMap<>();
    words.forEach(word -> numbers.put(word, numbers.size()));
    return numbers;
  }

  /**
   * Writes the features of a row.
   *
   * @return why the row cannot be read, or else empty
   */
  Optional<String> features(CsvFile.Row row, float[] into) {
    int at = 0;
    for (int i = 0; i < places.length; i++) {
      String cell = row.cells().get(places[i]);
      Map<String, Integer> known = words.get(i);
      if (known.isEmpty()) {
        Optional<String> reason = number(row, places[i], into, at++);
        if (reason.isPresent()) {
          return reason;
        }
      } else {
        if (cell.isEmpty()) {
          return Optional.of(hole(row, places[i], "a word"));
        }
        Integer word = known.get(cell);
        if (word == null) {
          return Optional.of(
              message(
                  row,
                  places[i],
                  "the word '" + cell + "', which was not there in training",
                  "one of " + schema.features().get(i).words(),
                  "Correct it."));
        }
        for (int k = 0; k < known.size(); k++) {
          into[at++] = k == word ? 1 : 0;
        }
      }
    }
    return Optional.empty();
  }

  /** Writes the number in a cell, or returns why there is none. */
  private Optional<String> number(CsvFile.Row row, int place, float[] into, int at) {
    String cell = row.cells().get(place);
    if (CsvNumber.isHole(cell)) {
      return Optional.of(hole(row, place, "a number"));
    }
    if (!CsvNumber.isOne(cell, file.separator()) || !Float.isFinite(CsvNumber.of(cell))) {
      return Optional.of(message(row, place, "'" + cell + "'", "a number", "Correct it."));
    }
    into[at] = CsvNumber.of(cell);
    return Optional.empty();
  }

  /**
   * Writes the numbers that are to be predicted of a row.
   *
   * @return why the row cannot be read, or else empty
   */
  Optional<String> targets(CsvFile.Row row, float[] into) {
    Optional<String> reason = Optional.empty();
    for (int i = 0; i < regressed.length && reason.isEmpty(); i++) {
      reason = number(row, regressed[i], into, i);
    }
    return reason;
  }

  /**
   * Returns the label of a row; -1 if it has none, 0 where no class is predicted.
   *
   * @throws DataException if its class is unknown
   */
  int label(CsvFile.Row row) {
    if (target < 0) {
      return 0;
    }
    String cell = row.cells().get(target);
    Integer label = labels.get(cell);
    if (label == null && !CsvNumber.isHole(cell)) {
      throw new DataException(
          message(
              row,
              target,
              "the class '" + cell + "', which the network does not know",
              "one of " + schema.classes(),
              "Correct it, or remove the row."));
    }
    return label == null ? -1 : label;
  }

  String withoutLabel(CsvFile.Row row) {
    return hole(row, target, "a class");
  }

  private String hole(CsvFile.Row row, int column, String expected) {
    return message(row, column, "nothing", expected, "Fill it in, or remove the row.");
  }

  private String message(
      CsvFile.Row row, int column, String found, String expected, String remedy) {
    return DataException.of(file.at(row.line(), column), found, expected, remedy).getMessage();
  }
}
