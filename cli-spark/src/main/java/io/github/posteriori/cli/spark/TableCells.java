package io.github.posteriori.cli.spark;

import io.github.posteriori.data.TableSchema;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Turns the cells of rows into features, on executors.
 *
 * @param table says how
 */
record TableCells(TableSchema table) implements Serializable {

  /** Returns the function from a struct of cells to features, which fails where one is unusable. */
  UserDefinedFunction features() {
    return function(this::features);
  }

  /** Returns the function from a struct of cells to features; null where a cell is unusable. */
  UserDefinedFunction featuresIfAny() {
    return function(cells -> reason(cells) == null ? features(cells) : null);
  }

  private static UserDefinedFunction function(UDF1<Row, float[]> function) {
    return functions.udf(function, DataTypes.createArrayType(DataTypes.FloatType, false));
  }

  /** Returns the function from a struct of cells to what is wrong with them; null if nothing. */
  UserDefinedFunction reasons() {
    return functions.udf((UDF1<Row, String>) this::reason, DataTypes.StringType);
  }

  private float[] features(Row cells) {
    Map<String, String> byColumn = new HashMap<>();
    for (TableSchema.Column column : table.features()) {
      List<String> names = List.of(cells.schema().fieldNames());
      if (names.contains(column.name())) {
        byColumn.put(column.name(), cells.getString(names.indexOf(column.name())));
      }
    }
    return table.features(byColumn);
  }

  private String reason(Row cells) {
    try {
      features(cells);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
