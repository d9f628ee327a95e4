package io.github.posteriori.cli.spark;

import io.github.posteriori.cli.cluster.ScoringRequest;
import io.github.posteriori.data.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/**
 * Rows to score.
 *
 * @param rows all of them
 * @param features the column of features
 * @param reason a column that says why a row has none, if there is one
 */
record InputRows(Dataset<Row> rows, String features, Optional<String> reason) {
  private static final String FEATURES = "_features";
  private static final String REASON = "_reason";

  /**
   * Reads pictures, or the rows of {@code .csv} or {@code .parquet} files.
   *
   * @throws IllegalArgumentException when there is nothing
   */
  static InputRows read(SparkSession session, ScoringRequest request) {
    String path = request.input();
    List<String> names = names(session, path);
    if (names.stream().anyMatch(name -> name.endsWith(".parquet"))) {
      return new InputRows(session.read().parquet(path), request.features(), Optional.empty());
    }
    if (names.stream().anyMatch(name -> name.endsWith(".csv") || name.endsWith(".csv.gz"))) {
      Dataset<Row> rows = session.read().option("header", true).option("escape", "\"").csv(path);
      TableSchema table = request.table().orElseGet(() -> numbers(rows));
      return ofTable(rows, new TableCells(table), request.invalid());
    }
    Dataset<Row> pictures =
        session.read().format("binaryFile").option("recursiveFileLookup", true).load(path);
    return new InputRows(pictures.select("path", "content"), "content", Optional.empty());
  }

  /** Lists the files of a path: its own name, or those in the folder that it is. */
  private static List<String> names(SparkSession session, String written) {
    List<String> names = new ArrayList<>();
    try {
      Path path = new Path(written);
      FileSystem files = path.getFileSystem(session.sparkContext().hadoopConfiguration());
      FileStatus[] found = files.globStatus(path);
      if (found == null || found.length == 0) {
        throw new IllegalArgumentException(
            "input is '"
                + written
                + "', but there is nothing, expected a folder of pictures, or .csv or .parquet"
                + " files: correct the path");
      }
      for (FileStatus each : found) {
        names.add(each.getPath().getName());
        if (each.isDirectory()) {
          for (FileStatus inside : files.listStatus(each.getPath())) {
            names.add(inside.getPath().getName());
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "input is '"
              + written
              + "', which cannot be read ("
              + e.getMessage()
              + "), expected a path on a file system that Spark reads: correct it",
          e);
    }
    return names;
  }

  /** Takes all columns for features. */
  private static TableSchema numbers(Dataset<Row> rows) {
    return new TableSchema(
        Arrays.stream(rows.columns()).map(name -> new TableSchema.Column(name, List.of())).toList(),
        "",
        List.of());
  }

  private static InputRows ofTable(Dataset<Row> rows, TableCells table, String invalid) {
    Column cells =
        functions.struct(
            Arrays.stream(rows.columns())
                .map(name -> functions.col("`" + name + "`"))
                .toArray(Column[]::new));
    boolean failing = invalid.equals("error");
    UserDefinedFunction features = failing ? table.features() : table.featuresIfAny();
    Dataset<Row> read = rows.withColumn(FEATURES, features.apply(cells));
    return invalid.equals("keep")
        ? new InputRows(
            read.withColumn(REASON, table.reasons().apply(cells)), FEATURES, Optional.of(REASON))
        : new InputRows(read, FEATURES, Optional.empty());
  }
}
