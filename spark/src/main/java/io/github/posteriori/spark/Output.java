package io.github.posteriori.spark;

import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * An output column.
 *
 * @param param the name of the param that names it
 * @param name its name; empty if it is left out
 * @param type what it holds
 */
record Output(String param, String name, DataType type) {

  /** Returns the columns of classes, in the order of {@link Answers#CLASSES}. */
  static List<Output> ofClasses(ClassificationParams<?> params) {
    DataType vector = SQLDataTypes.VectorType();
    return List.of(
        new Output("predictionCol", params.getPredictionCol(), DataTypes.DoubleType),
        new Output("probabilityCol", params.getProbabilityCol(), vector),
        new Output("rawPredictionCol", params.getRawPredictionCol(), vector),
        new Output("epistemicCol", params.getEpistemicCol(), DataTypes.DoubleType),
        new Output("aleatoricCol", params.getAleatoricCol(), DataTypes.DoubleType),
        new Output("entropyCol", params.getEntropyCol(), DataTypes.DoubleType),
        new Output("mutualInformationCol", params.getMutualInformationCol(), DataTypes.DoubleType));
  }

  /**
   * Returns the columns of numbers, in the order of {@link Answers#VALUES}.
   *
   * @param type of all of them
   */
  static List<Output> ofValues(RegressionParams<?> params, DataType type) {
    return List.of(
        new Output("predictionCol", params.getPredictionCol(), type),
        new Output("stdCol", params.getStdCol(), type),
        new Output("epistemicStdCol", params.getEpistemicStdCol(), type),
        new Output("aleatoricStdCol", params.getAleatoricStdCol(), type));
  }

  /**
   * Returns the column that says why a row was not scored, where such rows are kept.
   *
   * @throws IllegalArgumentException when it has no name
   */
  static List<Output> ofErrors(ScoringParams<?> params) {
    if (HandleInvalid.named(params.getHandleInvalid()) != HandleInvalid.KEEP) {
      return List.of();
    }
    if (params.getErrorCol().isEmpty()) {
      throw new IllegalArgumentException(
          "errorCol is empty, expected a name for the column that says why a row was not scored:"
              + " set one, or handleInvalid to skip");
    }
    return List.of(new Output("errorCol", params.getErrorCol(), DataTypes.StringType));
  }
}
