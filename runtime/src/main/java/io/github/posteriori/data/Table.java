package io.github.posteriori.data;

import io.github.posteriori.layers.Shape;
import io.github.posteriori.log.Log;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A set of the rows of a table: a file of comma-separated values with a header.
 *
 * <p>A column of numbers is one feature, as it is. A column of words becomes a feature for each
 * word, 1 where the cell is that word and else 0. A target of words has a class for each word, one
 * or several of numbers are regressed. Rows with a hole are left out with a one-line warning;
 * {@link #skipped} lists them.
 */
public final class Table implements Dataset {
  private static final Log LOG = Log.of(Table.class);

  private final String name;
  private final TableSchema schema;
  private final List<float[]> rows = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final List<float[]> values = new ArrayList<>();
  private final Map<String, String> leftOut;
  private final List<String> skipped = new ArrayList<>();

  private Table(Path file, TableSchema schema, Map<String, String> leftOut) {
    this.name = FileNames.of(file);
    this.schema = schema;
    this.leftOut = leftOut;
  }

  /** A row that a network is asked about. */
  public sealed interface Asked {
    /** The line of the file in which the row starts, from 1. */
    long line();

    /**
     * Features in the order of a network.
     *
     * @param features one number each
     */
    record Row(long line, float[] features) implements Asked {}

    /**
     * A row that cannot be read.
     *
     * @param reason a message that says why
     */
    record Unreadable(long line, String reason) implements Asked {}
  }

  /** Returns whether a file is a table by its name. */
  public static boolean isOne(Path file) {
    return CsvFile.isOne(file);
  }

  /**
   * Reads a file, and settles how by what its columns hold.
   *
   * @throws DataException if it cannot be read, lacks a column, holds what is neither a number nor
   *     a class, or does not fit into the memory
   */
  public static Table read(Path file, TableColumns columns) {
    CsvFile csv = CsvFile.open(file);
    TableScan scan = TableScan.of(csv, columns);
    Table table = new Table(file, scan.schema(), Collections.unmodifiableMap(scan.leftOut()));
    table.fill(csv, scan.rows());
    return table;
  }

  /**
   * Reads a file as another was read.
   *
   * @throws DataException if it cannot be read, lacks a column, has another class, or does not fit
   *     into the memory
   */
  public static Table read(Path file, TableSchema schema) {
    CsvFile csv = CsvFile.open(file);
    int[] rows = {0};
    csv.forEach(row -> rows[0]++);
    Table table = new Table(file, schema, new LinkedHashMap<>());
    table.fill(csv, rows[0]);
    return table;
  }

  /**
   * Reads rows that need no target.
   *
   * @throws DataException if the file cannot be read or lacks a column
   */
  public static List<Asked> ask(Path file, TableSchema schema) {
    CsvFile csv = CsvFile.open(file);
    RowReader reader = new RowReader(csv, schema, false);
    List<Asked> asked = new ArrayList<>();
    csv.forEach(
        row -> {
          float[] features = new float[schema.width()];
          asked.add(
              reader
                  .features(row, features)
                  .<Asked>map(reason -> new Asked.Unreadable(row.line(), reason))
                  .orElseGet(() -> new Asked.Row(row.line(), features)));
        });
    return asked;
  }

  /**
   * Reads rows of numbers, whose columns are the numbers of an example in their order.
   *
   * @param width how many numbers an example has
   * @throws DataException if the file cannot be read, or has another number of columns or none that
   *     are named
   */
  public static List<Asked> ask(Path file, int width) {
    CsvFile csv = CsvFile.open(file);
    boolean named = csv.header().stream().anyMatch(cell -> !CsvNumber.isOne(cell, csv.separator()));
    if (csv.header().size() != width || !named) {
      throw DataException.of(
          file,
          named ? csv.header().size() + " columns" : "numbers in the first line",
          named ? width + ", the numbers of an example in their order" : "the names of the columns",
          "Give each example a row of its own below a header.");
    }
    return ask(
        file,
        new TableSchema(
            csv.header().stream().map(name -> new TableSchema.Column(name, List.of())).toList(),
            "",
            List.of("unlabelled")));
  }

  private void fill(CsvFile csv, long count) {
    HeapRoom.require(
        csv.file(),
        count * (4L * (schema.width() + schema.numbers().size()) + 64),
        count + " rows of " + schema.width() + " features");
    RowReader reader = new RowReader(csv, schema, true);
    csv.forEach(
        row -> {
          float[] features = new float[schema.width()];
          float[] numbers = new float[schema.numbers().size()];
          int label = reader.label(row);
          Optional<String> reason =
              (label < 0 ? Optional.of(reader.withoutLabel(row)) : reader.targets(row, numbers))
                  .or(() -> reader.features(row, features));
          if (reason.isPresent()) {
            skipped.add(reason.get());
          } else {
            rows.add(features);
            labels.add(label);
            values.add(numbers);
          }
        });
    if (rows.isEmpty()) {
      throw new DataException("no row can be read: " + skipped.get(0));
    }
    if (!skipped.isEmpty()) {
      LOG.warn(
          "%s: left out %s of %s rows, the first is %s"
              .formatted(csv.file(), skipped.size(), count, skipped.get(0)));
    }
  }

  /** How the rows were read, by which other files can be read alike. */
  public TableSchema schema() {
    return schema;
  }

  /** The rows that were left out: for each a message that says which and why. */
  public List<String> skipped() {
    return Collections.unmodifiableList(skipped);
  }

  /** The columns that are no features although nobody asked to leave them out, and why. */
  public Map<String, String> leftOut() {
    return leftOut;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Shape.Features shape() {
    return Shape.features(schema.width());
  }

  @Override
  public int classes() {
    return schema.classes().size();
  }

  @Override
  public List<String> classNames() {
    return schema.classes();
  }

  @Override
  public List<String> targetNames() {
    return schema.numbers();
  }

  @Override
  public int label(int index) {
    if (!schema.numbers().isEmpty()) {
      throw Valued.noClasses(this);
    }
    return labels.get(index);
  }

  @Override
  public Targets targets(int... indices) {
    int width = schema.numbers().size();
    if (width == 0) {
      return Dataset.super.targets(indices);
    }
    float[] chosen = new float[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values.get(indices[i]), 0, chosen, i * width, width);
    }
    return new Targets.Values(chosen, width);
  }

  @Override
  public void image(int index, float[] target, int offset) {
    System.arraycopy(rows.get(index), 0, target, offset, schema.width());
  }
}
