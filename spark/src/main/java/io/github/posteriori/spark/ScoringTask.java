package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Scorer;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores the rows of a partition on an executor.
 *
 * @param network what scores them
 * @param column position of the features
 * @param type what they are
 * @param answers what the output columns hold
 * @param kept positions of the answers that have a column
 * @param samples number of posterior samples
 * @param batch number of rows of a pass
 * @param handling what becomes of invalid rows; where they are kept, the last column says why
 */
record ScoringTask(
    Broadcast<SharedNetwork> network,
    int column,
    FeatureType type,
    Answers answers,
    int[] kept,
    int samples,
    int batch,
    HandleInvalid handling)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    BayesModule module = network.value().module();
    return new ScoredRows(rows, this, module.inputShape(), Scorer.of(module, samples, batch));
  }

  /**
   * Returns the columns of a row as they go on. Floats go on as those of the example: Spark makes
   * an object of each, and a pass's rows of them would fill a young generation.
   *
   * @param example of the row, or null
   */
  Object[] columns(Row row, float[] example) {
    Object[] columns = new Object[row.size()];
    for (int i = 0; i < columns.length; i++) {
      boolean floats = i == column && type == FeatureType.FLOATS && example != null;
      columns[i] = floats ? example : row.get(i);
    }
    return columns;
  }

  /** Returns a scored row, of which the answers are null where there is an error. */
  Row scored(Object[] columns, Object[] answer, String error) {
    boolean hasErrors = handling == HandleInvalid.KEEP;
    Object[] values = Arrays.copyOf(columns, columns.length + kept.length + (hasErrors ? 1 : 0));
    for (int k = 0; k < kept.length; k++) {
      values[columns.length + k] = answer == null ? null : answer[kept[k]];
    }
    if (hasErrors) {
      values[values.length - 1] = error;
    }
    return RowFactory.create(values);
  }
}
