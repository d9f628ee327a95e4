package io.github.posteriori.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The session of all tests: two cores, and tasks that may fail twice. */
final class LocalSpark {
  static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2, 3]")
          .appName("tests")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 2)
          // Plans as they are written, without compiling each: the rows are few.
          .config("spark.sql.adaptive.enabled", false)
          .config("spark.sql.codegen.wholeStage", false)
          .config("spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString())
          .getOrCreate();

  private LocalSpark() {}

  /** Returns rows of one column. */
  static Dataset<Row> column(String name, DataType type, List<Row> rows) {
    return SESSION.createDataFrame(
        rows, new StructType(new StructField[] {DataTypes.createStructField(name, type, true)}));
  }
}
