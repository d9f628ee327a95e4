package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Scorer;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

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

  /** Returns the values of a scored row, of which the answers are null where there is an error. */
  Object[] values(Row row, Object[] answer, String error) {
    boolean hasErrors = handling == HandleInvalid.KEEP;
    Object[] values = new Object[row.size() + kept.length + (hasErrors ? 1 : 0)];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    for (int k = 0; k < kept.length; k++) {
      values[row.size() + k] = answer == null ? null : answer[kept[k]];
    }
    if (hasErrors) {
      values[values.length - 1] = error;
    }
    return values;
  }
}
