package io.github.posteriori.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The params of scoring that all models and their estimators have. A column whose name is empty is
 * left out.
 *
 * @param <T> the class that has the params
 */
public interface ScoringParams<T> extends Params {

  /** The column of features. */
  default Param<String> featuresCol() {
    return new Param<>(
        this,
        "featuresCol",
        "column of features: vectors, arrays of numbers, images, or contents of picture files");
  }

  /** Returns the name of the column of features. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** Names the column of features; {@code features} unless set. */
  default T setFeaturesCol(String column) {
    return Setting.of(this, featuresCol(), column);
  }

  /** The column of predictions. */
  default Param<String> predictionCol() {
    return new Param<>(
        this, "predictionCol", "column of predictions: the most probable class, or the mean");
  }

  /** Returns the name of the column of predictions. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** Names the column of predictions; {@code prediction} unless set. */
  default T setPredictionCol(String column) {
    return Setting.of(this, predictionCol(), column);
  }

  /** The number of posterior samples. */
  default IntParam samples() {
    return new IntParam(
        this, "samples", "posterior samples of a prediction (> 0)", ParamValidators.gt(0));
  }

  /** Returns the number of posterior samples. */
  default int getSamples() {
    return (int) getOrDefault(samples());
  }

  /** Sets the number of posterior samples; 25 unless set. */
  default T setSamples(int samples) {
    return Setting.of(this, samples(), samples);
  }

  /** The number of rows that are scored in one pass. */
  default IntParam scoringBatchSize() {
    return new IntParam(
        this,
        "scoringBatchSize",
        "rows that are scored in one pass (> 0), rounded up to a multiple of 64",
        ParamValidators.gt(0));
  }

  /** Returns the number of rows that are scored in one pass. */
  default int getScoringBatchSize() {
    return (int) getOrDefault(scoringBatchSize());
  }

  /** Sets the number of rows that are scored in one pass; 256 unless set. */
  default T setScoringBatchSize(int rows) {
    return Setting.of(this, scoringBatchSize(), rows);
  }

  /** What becomes of rows that cannot be scored. */
  default Param<String> handleInvalid() {
    return new Param<>(
        this,
        "handleInvalid",
        "rows without features, with too few or too many, with numbers that are not finite or no"
            + " pixels, or with a picture that cannot be read: error (the job fails), skip (they"
            + " are left out) or keep (without a prediction; errorCol says why)",
        ParamValidators.inArray(HandleInvalid.names()));
  }

  /** Returns what becomes of rows that cannot be scored. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /** Sets what becomes of rows that cannot be scored; {@code error} unless set. */
  default T setHandleInvalid(String handling) {
    return Setting.of(this, handleInvalid(), handling);
  }

  /** The column that says why a row was not scored. */
  default Param<String> errorCol() {
    return new Param<>(
        this, "errorCol", "column that says why a row was not scored, where such rows are kept");
  }

  /** Returns the name of the column that says why a row was not scored. */
  default String getErrorCol() {
    return getOrDefault(errorCol());
  }

  /** Names the column that says why a row was not scored; {@code error} unless set. */
  default T setErrorCol(String column) {
    return Setting.of(this, errorCol(), column);
  }
}
