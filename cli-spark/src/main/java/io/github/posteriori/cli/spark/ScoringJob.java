package io.github.posteriori.cli.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.cluster.ClusterException;
import io.github.posteriori.cli.cluster.ScoredRows;
import io.github.posteriori.cli.cluster.ScoringRequest;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.spark.BayesClassificationModel;
import io.github.posteriori.spark.BayesRegressionModel;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** Reads rows, scores them and writes them. */
record ScoringJob(SparkSession session, ScoringRequest request) {
  private static final String KEEP = "keep";
  private static final String ERROR = "error";
  private static final String CLASS = "class";

  ScoredRows run() {
    requireFree();
    InputRows input = InputRows.read(session, request);
    Dataset<Row> scored = plain(scored(input));
    try {
      scored
          .write()
          .mode(request.overwrite() ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
          .parquet(request.output());
    } catch (Exception e) { // Scala throws checked ones that it does not declare
      throw new ClusterException(
          "scoring of "
              + request.input()
              + " failed: "
              + JobFailure.reason(e)
              + " (--invalid keep keeps rows that cannot be scored and says why, skip leaves them"
              + " out)",
          e);
    }
    Dataset<Row> written = session.read().parquet(request.output());
    long failed =
        request.invalid().equals(KEEP)
            ? written.where(functions.col(ERROR).isNotNull()).count()
            : 0;
    return new ScoredRows(written.count(), failed);
  }

  private void requireFree() {
    Path output = new Path(request.output());
    try {
      boolean taken =
          output.getFileSystem(session.sparkContext().hadoopConfiguration()).exists(output);
      if (taken && !request.overwrite()) {
        throw new IllegalArgumentException(
            "output is '"
                + request.output()
                + "', which is there already, expected a new name: choose another, or add"
                + " --overwrite");
      }
    } catch (IOException e) {
      throw new ClusterException(
          "output is '"
              + request.output()
              + "', which cannot be looked at ("
              + e.getMessage()
              + "), expected a path on a file system that Spark writes to: correct it",
          e);
    }
  }

  /** Adds the columns of the predictions, and takes away those of the features. */
  private Dataset<Row> scored(InputRows input) {
    BayesModule module = request.module();
    TargetKind kind = module.likelihood().kind();
    if (kind == TargetKind.CLASSES) {
      return named(
          BayesClassificationModel.of(module)
              .setFeaturesCol(input.features())
              .setSamples(request.samples())
              .setScoringBatchSize(request.batch())
              .setHandleInvalid(request.invalid())
              .setRawPredictionCol("")
              .transform(input.rows()),
          input);
    }
    if (kind == TargetKind.VALUES) {
      return without(
          BayesRegressionModel.of(module)
              .setFeaturesCol(input.features())
              .setSamples(request.samples())
              .setScoringBatchSize(request.batch())
              .setHandleInvalid(request.invalid())
              .transform(input.rows()),
          input);
    }
    throw new IllegalArgumentException(
        "the checkpoint holds a network of the likelihood "
            + module.likelihood().name()
            + ", expected one that tells classes apart or predicts numbers: use evaluate");
  }

  /** Adds the names of the classes. */
  private Dataset<Row> named(Dataset<Row> scored, InputRows input) {
    Column[] names =
        request.module().classNames().stream().map(functions::lit).toArray(Column[]::new);
    Column prediction = functions.col("prediction");
    Column index = prediction.cast("int").plus(functions.lit(1));
    // Of an array without nulls, element_at takes a null index for the last one.
    Column name =
        functions.when(prediction.isNotNull(), functions.element_at(functions.array(names), index));
    return without(scored.withColumn(CLASS, name), input);
  }

  private static Dataset<Row> without(Dataset<Row> scored, InputRows input) {
    Optional<String> reason = input.reason();
    Dataset<Row> told =
        reason.isEmpty()
            ? scored
            : scored
                .withColumn(
                    ERROR, functions.coalesce(functions.col(reason.get()), functions.col(ERROR)))
                .drop(reason.get());
    return told.drop(input.features());
  }

  /** Makes arrays of vectors, which other programs than Spark read. */
  private static Dataset<Row> plain(Dataset<Row> scored) {
    Dataset<Row> plain = scored;
    for (StructField field : scored.schema().fields()) {
      if (field.dataType().equals(SQLDataTypes.VectorType())) {
        Column vector = functions.col("`" + field.name() + "`");
        plain =
            plain.withColumn(
                field.name(),
                functions.when(
                    vector.isNotNull(),
                    org.apache.spark.ml.functions.vector_to_array(vector, "float64")));
      }
    }
    return plain;
  }
}
