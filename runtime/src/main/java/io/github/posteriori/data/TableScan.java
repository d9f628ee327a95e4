package io.github.posteriori.data;

import io.github.posteriori.names.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The first reading of a table: what its columns hold, and how many rows there are. */
final class TableScan {
  /** Most words of a column that become features, of one where half of the rows share theirs. */
  private static final int MOST_WORDS = 100;

  /** Words of a column that may be few only because the rows are. */
  private static final int FEW_WORDS = 20;

  private final CsvFile file;
  private final TableColumns columns;
  private final List<String> targets;
  private final List<Cells> cells;
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private int rows;

  /** What was seen in a column. */
  private static final class Cells {
    private final TreeSet<String> words = new TreeSet<>();
    private final TreeSet<String> numbers = new TreeSet<>();
    private int numberCount;
    private int wordCount;
    private long firstWordLine;
    private String firstWord;

    void add(CsvFile.Row row, String cell, char separator) {
      if (CsvNumber.isOne(cell, separator)) {
        numberCount++;
        keep(numbers, cell);
      } else if (!cell.isEmpty()) {
        if (!CsvNumber.isHole(cell) && wordCount++ == 0) {
          firstWord = cell;
          firstWordLine = row.line();
        }
        keep(words, cell);
      }
    }

    private static void keep(TreeSet<String> set, String cell) {
      if (set.size() <= 10 * MOST_WORDS) {
        set.add(cell);
      }
    }

    boolean isEmpty() {
      return numberCount + wordCount == 0;
    }

    boolean areNumbers() {
      return numberCount > 0 && wordCount <= numberCount;
    }

    /** The words of a column that holds more words than numbers, or numbers that are names. */
    List<String> all() {
      TreeSet<String> all = new TreeSet<>(words);
      all.addAll(numbers);
      return List.copyOf(all);
    }
  }

  private TableScan(CsvFile file, TableColumns columns) {
    this.file = file;
    this.columns = columns;
    this.targets = columns.targets(file.header());
    this.cells = file.header().stream().map(name -> new Cells()).toList();
  }

  /**
   * Reads a table.
   *
   * @throws DataException if a column is not there, or cells of it are neither all numbers nor
   *     words
   */
  static TableScan of(CsvFile file, TableColumns columns) {
    TableScan scan = new TableScan(file, columns);
    scan.targets.forEach(name -> scan.requireColumn("target", name));
    columns.ignored().forEach(name -> scan.requireColumn("ignored column", name));
    file.forEach(scan::add);
    if (scan.rows == 0) {
      throw DataException.of(
          file.file(), "a header and no row", "a row for each example", "Look where it was made.");
    }
    return scan;
  }

  private void add(CsvFile.Row row) {
    rows++;
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).add(row, row.cells().get(i), file.separator());
    }
  }

  private void requireColumn(String what, String name) {
    List<String> names = file.header().stream().filter(other -> !other.isEmpty()).toList();
    if (!names.contains(name)) {
      throw DataException.of(
          file.file(),
          (name.isEmpty() ? "no " + what : "no column '" + name + "', which is the " + what),
          "one of " + new ShownNames(names),
          "Name one with --target COLUMN" + Spelling.hint(name, names) + ".");
    }
  }

  /** The number of rows below the header. */
  int rows() {
    return rows;
  }

  /** The columns that are not read although nobody said so, and why. */
  Map<String, String> leftOut() {
    return leftOut;
  }

  /**
   * Settles how the rows are read.
   *
   * @throws DataException if there are neither classes nor numbers to predict, no features, or a
   *     column has too many words
   */
  TableSchema schema() {
    List<TableSchema.Column> features = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String name = file.header().get(i);
      if (targets.contains(name) || columns.ignored().contains(name)) {
        continue;
      }
      if (name.isEmpty()) {
        leftOut.put("column " + (i + 1), "it has no name");
      } else if (cells.get(i).isEmpty()) {
        leftOut.put("column '" + name + "'", "it is empty");
      } else {
        features.add(new TableSchema.Column(name, words(i)));
      }
    }
    if (features.isEmpty()) {
      throw DataException.of(
          file.file(),
          "no column beside the target '" + columns.target() + "'",
          "at least one to predict it from",
          "Add some.");
    }
    if (areRegressed()) {
      targets.forEach(this::requireRegressed);
      return new TableSchema(List.copyOf(features), "", List.of(), List.copyOf(targets));
    }
    return new TableSchema(List.copyOf(features), targets.get(0), classes());
  }

  /** Returns whether the target is regressed: numbers that are not said to be names of classes. */
  private boolean areRegressed() {
    if (targets.size() > 1 && columns.classes()) {
      throw DataException.of(
          file.file(),
          "the targets " + targets + " as classes",
          "one column of classes, or several of numbers",
          "Name one with --target, or leave --classes out.");
    }
    return targets.size() > 1 || !columns.classes() && cells(targets.get(0)).areNumbers();
  }

  private Cells cells(String column) {
    return cells.get(file.header().indexOf(column));
  }

  private void requireRegressed(String target) {
    Cells seen = cells(target);
    if (seen.numberCount == 0) {
      throw DataException.of(
          file.file() + ", column '" + target + "'",
          seen.isEmpty() ? "no number" : "words, such as '" + seen.firstWord + "'",
          "numbers in each of several targets",
          "Name one --target of classes, or columns of numbers.");
    }
    requireNumbers(file.header().indexOf(target), "another --target");
  }

  /** Returns the words of a column of features; none if it holds numbers. */
  private List<String> words(int column) {
    Cells seen = cells.get(column);
    String name = file.header().get(column);
    if (seen.areNumbers()) {
      requireNumbers(column, "--ignore " + name);
      return List.of();
    }
    List<String> words = seen.all();
    if (words.size() > MOST_WORDS || isUnlikeClasses(words)) {
      throw DataException.of(
          file.file() + ", column '" + name + "'",
          counted(words) + " different words in " + rows + " rows",
          "numbers, or at most " + MOST_WORDS + " words that repeat, each of which is a feature",
          "Leave the column out with --ignore " + name + ".");
    }
    return words;
  }

  private void requireNumbers(int column, String leaveOut) {
    Cells seen = cells.get(column);
    if (seen.wordCount > 0) {
      throw DataException.of(
          file.at(seen.firstWordLine, column),
          "'" + seen.firstWord + "' in a column of numbers",
          "a number, or nothing",
          "Correct it, or leave the column out with " + leaveOut + ".");
    }
  }

  private boolean isUnlikeClasses(List<String> words) {
    return words.size() > FEW_WORDS && words.size() > rows / 2;
  }

  private static String counted(List<String> words) {
    return words.size() > 10 * MOST_WORDS
        ? "over " + 10 * MOST_WORDS
        : String.valueOf(words.size());
  }

  private List<String> classes() {
    Cells seen = cells(targets.get(0));
    String where = file.file() + ", column '" + targets.get(0) + "'";
    if (seen.isEmpty()) {
      throw DataException.of(where, "no word", "the class of each row", "Choose another --target.");
    }
    List<String> classes =
        seen.wordCount == 0
            ? seen.numbers.stream().sorted(Comparator.comparing(CsvNumber::of)).toList()
            : seen.all();
    if (isUnlikeClasses(classes)) {
      throw DataException.of(
          where,
          counted(classes) + " different words in " + rows + " rows",
          "classes, which repeat",
          "Choose another --target.");
    }
    return classes;
  }

  /** Names in a message, the first of many. */
  private record ShownNames(List<String> names) {
    private static final int MOST = 20;

    @Override
    public String toString() {
      return IntStream.range(0, Math.min(MOST, names.size())).mapToObj(names::get).toList()
          + (names.size() > MOST ? " and " + (names.size() - MOST) + " more" : "");
    }
  }
}
