package io.github.posteriori.spark;

import io.github.posteriori.names.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns that are read, and those that are added. */
final class Columns {
  private final StructType schema;
  private final List<StructField> added = new ArrayList<>();

  /** Creates columns to add to those of a schema. */
  Columns(StructType schema) {
    this.schema = schema;
  }

  /**
   * Returns a column.
   *
   * @param param the name of the param that names it, for a message
   * @throws IllegalArgumentException when it is not there
   */
  static StructField require(StructType schema, String param, String column) {
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.contains(column)) {
      throw new IllegalArgumentException(
          "%s is '%s', expected one of the columns %s%s"
              .formatted(param, column, names, Spelling.hint(column, names)));
    }
    return schema.apply(column);
  }

  /**
   * Adds a column; none where its name is empty.
   *
   * @throws IllegalArgumentException when a column of that name is there already
   */
  Columns add(Output output) {
    String column = output.name();
    if (column.isEmpty()) {
      return this;
    }
    boolean taken =
        Arrays.asList(schema.fieldNames()).contains(column)
            || added.stream().anyMatch(field -> field.name().equals(column));
    if (taken) {
      throw new IllegalArgumentException(
          "%s is '%s', but there is such a column already, expected a new name: drop the column, or choose another name"
              .formatted(output.param(), column));
    }
    added.add(DataTypes.createStructField(column, output.type(), true));
    return this;
  }

  /** Adds columns; see {@link #add}. */
  Columns addAll(List<Output> outputs) {
    outputs.forEach(this::add);
    return this;
  }

  /** Returns the schema with the columns that were added. */
  StructType schema() {
    StructType all = schema;
    for (StructField field : added) {
      all = all.add(field);
    }
    return all;
  }
}
